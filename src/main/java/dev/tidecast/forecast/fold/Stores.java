package dev.tidecast.forecast.fold;

/**
 * The three stores of a partition.
 *
 * @param open per key its open buckets, written per event
 * @param series per key what its closed buckets have taught, written at a close
 * @param clock the partition's watermark and sweep, and the keys whose buckets could not be closed
 */
public record Stores(Store open, Store series, Store clock) {
    /** Empty stores in memory. */
    public static Stores inMemory() {
        return new Stores(new TreeStore(), new TreeStore(), new TreeStore());
    }
}
