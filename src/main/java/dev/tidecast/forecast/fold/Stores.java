package dev.tidecast.forecast.fold;

import java.util.List;

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
        return new Trees().asStores();
    }

    /** Those in memory, whose whole content can be read. */
    record Trees(TreeStore open, TreeStore series, TreeStore clock) {
        /** Empty ones. */
        Trees() {
            this(new TreeStore(), new TreeStore(), new TreeStore());
        }

        Stores asStores() {
            return new Stores(open, series, clock);
        }

        /** In the order in which they are kept. */
        List<TreeStore> all() {
            return List.of(open, series, clock);
        }
    }
}
