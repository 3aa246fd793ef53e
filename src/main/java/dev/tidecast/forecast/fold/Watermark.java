package dev.tidecast.forecast.fold;

import dev.tidecast.series.Source;
import org.jspecify.annotations.Nullable;

/**
 * How far the time of a partition has come, in bucket numbers.
 *
 * @param due buckets before this one are closed, or will be when the sweep reaches their key
 * @param newest the bucket the most advanced source has reached, less grace; never before `due`
 * @param slowest the source that `due` waits for; null if every source stands there
 * @param idle how many sources are not waited for, because nothing has been heard of them
 */
public record Watermark(long due, long newest, @Nullable Source slowest, int idle) {
    /** How many buckets stay open because a source has not come further. */
    public long lag() {
        return newest - due;
    }
}
