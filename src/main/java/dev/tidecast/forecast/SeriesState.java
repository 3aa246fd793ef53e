package dev.tidecast.forecast;

import dev.tidecast.series.Known;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a key's closed steps; the forecaster changes its own copy and hands that out as the next state.
 * Numbers are where {@link Layout} says, doubles are those of the autoregression and of the effects of what is known.
 */
final class SeriesState {
    final float[] numbers;
    final double[] doubles;
    final byte[] flags;
    /** Lowest, middle and highest shown level of the waiting forecasts. */
    final float[] levels;

    /** What the network said after the last step, normalised; null where it was not read since. Not kept. */
    float @Nullable [] reading;

    /** What is known of the key in advance; null: nothing. Not kept. */
    Known.@Nullable Line ahead;

    Versions versions = Versions.NONE;
    /** The first bucket not closed; without buckets the number of steps. */
    long next;
    /** Event time of the last step without buckets, else 0. */
    long time;
    /** Closed steps, capped at the largest int. */
    int closed;
    /** Closed steps that count as observed. */
    int observed;

    SeriesState(float[] numbers, double[] doubles, byte[] flags, float[] levels) {
        this.numbers = numbers;
        this.doubles = doubles;
        this.flags = flags;
        this.levels = levels;
    }

    SeriesState copy() {
        SeriesState copy = new SeriesState(numbers.clone(), doubles.clone(), flags.clone(), levels.clone());
        copy.ahead = ahead;
        copy.versions = versions;
        copy.next = next;
        copy.time = time;
        copy.closed = closed;
        copy.observed = observed;
        return copy;
    }

    /** Passes one step, or many as one gap. */
    void pass(long steps, boolean counts) {
        next += steps;
        closed = (int) Math.min(Integer.MAX_VALUE, closed + steps);
        if (counts) {
            observed = (int) Math.min(Integer.MAX_VALUE, observed + steps);
        }
    }
}
