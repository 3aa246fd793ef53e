package dev.tidecast.forecast.answer;

import dev.tidecast.series.Source;
import org.jspecify.annotations.Nullable;

/**
 * The next steps of one key with their quantiles, and where every number came from. Arrays are shared, not copied: read
 * them, never write.
 *
 * @param issuedAt the triggering record's Kafka timestamp
 * @param origin the start of the first bucket not closed; without buckets the time of the last event
 * @param stale whether even the last step lies before the event time that other keys have reached
 * @param step the bucket size as text
 * @param whole whether quantiles are rounded to whole numbers where they are written
 * @param levels the quantile levels shown, ascending
 * @param starts the first moment of each step; null without buckets
 * @param quantiles step by step, each with one number per level: [(h - 1) × levels + level]
 * @param means the mean of each step
 * @param totals the quantiles of the sum up to each step, laid out as quantiles; null unless they are forecast
 * @param experts what each expert of the mix says of each step, [expert × horizon + h - 1], NaN where it says nothing; only
 *     with a forecast issued at a close, and never written out
 */
public record Forecast(
        String key,
        String pipeline,
        long issuedAt,
        long origin,
        boolean partial,
        boolean stale,
        Trigger trigger,
        String step,
        String modelVersion,
        Mix mix,
        Source source,
        Quality quality,
        boolean whole,
        double[] levels,
        long @Nullable [] starts,
        double[] quantiles,
        double[] means,
        double @Nullable [] totals,
        double @Nullable [] experts) {

    /** The same, marked as stale. */
    public Forecast asStale() {
        return new Forecast(
                key,
                pipeline,
                issuedAt,
                origin,
                partial,
                true,
                trigger,
                step,
                modelVersion,
                mix,
                source,
                quality,
                whole,
                levels,
                starts,
                quantiles,
                means,
                totals,
                experts);
    }

    public int horizon() {
        return means.length;
    }

    /** Quantile number `level` of step h (from 1). */
    public double quantile(int h, int level) {
        return quantiles[(h - 1) * levels.length + level];
    }

    /** Mean of the sum up to step h (from 1). */
    public double totalMean(int h) {
        double total = 0;
        for (int i = 0; i < h; i++) {
            total += means[i];
        }
        return total;
    }

    /** Mean of step h (from 1). */
    public double mean(int h) {
        return means[h - 1];
    }
}
