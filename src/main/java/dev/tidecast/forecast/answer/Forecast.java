package dev.tidecast.forecast.answer;

import dev.tidecast.series.Source;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The next steps of one key with their quantiles, and where every number came from. Arrays are shared, not copied: read
 * them, never write.
 *
 * @param experts gives what each expert of the mix says of each step, [expert × horizon + h - 1], NaN where it says nothing;
 *     null unless the forecast was issued at a close. It is never written out, and computed when it is asked for
 */
public record Forecast(
        Subject subject,
        Cause cause,
        Basis basis,
        Numbers numbers,
        @Nullable Supplier<double[]> experts) {
    /**
     * What is forecast.
     *
     * @param step the bucket size as text
     * @param origin the start of the first bucket not closed; without buckets the time of the last event
     */
    public record Subject(String key, String pipeline, String step, long origin) {}

    /**
     * Why it was made, and when.
     *
     * @param source the record that caused it
     * @param partial whether the first bucket is still open
     * @param stale whether even the last step lies before the event time that other keys have reached
     */
    public record Cause(Trigger trigger, Source source, boolean partial, boolean stale) {}

    /** What it was made from. */
    public record Basis(String modelVersion, Mix mix, Quality quality) {}

    /**
     * The numbers themselves.
     *
     * @param whole whether quantiles are rounded to whole numbers where they are written
     * @param levels the quantile levels shown, ascending
     * @param starts the first moment of each step; null without buckets
     * @param quantiles step by step, each with one number per level: [(h - 1) × levels + level]
     * @param means the mean of each step
     * @param totals the quantiles of the sum up to each step, laid out as quantiles; null unless they are forecast
     */
    public record Numbers(
            boolean whole,
            double[] levels,
            long @Nullable [] starts,
            float[] quantiles,
            double[] means,
            float @Nullable [] totals) {}

    /** The same, marked as stale. */
    public Forecast asStale() {
        Cause marked = new Cause(cause.trigger, cause.source, cause.partial, true);
        return new Forecast(subject, marked, basis, numbers, experts);
    }

    public String key() {
        return subject.key;
    }

    public String pipeline() {
        return subject.pipeline;
    }

    /** The Kafka timestamp of the record that caused it. */
    public long issuedAt() {
        return cause.source.timestamp();
    }

    public long origin() {
        return subject.origin;
    }

    public boolean partial() {
        return cause.partial;
    }

    public boolean stale() {
        return cause.stale;
    }

    public Trigger trigger() {
        return cause.trigger;
    }

    public String step() {
        return subject.step;
    }

    public String modelVersion() {
        return basis.modelVersion;
    }

    public Mix mix() {
        return basis.mix;
    }

    public Source source() {
        return cause.source;
    }

    public Quality quality() {
        return basis.quality;
    }

    public boolean whole() {
        return numbers.whole;
    }

    public double[] levels() {
        return numbers.levels;
    }

    public long @Nullable [] starts() {
        return numbers.starts;
    }

    public float[] quantiles() {
        return numbers.quantiles;
    }

    public double[] means() {
        return numbers.means;
    }

    public float @Nullable [] totals() {
        return numbers.totals;
    }

    public int horizon() {
        return numbers.means.length;
    }

    /** Quantile number `level` of step h (from 1). */
    public double quantile(int h, int level) {
        return numbers.quantiles[(h - 1) * numbers.levels.length + level];
    }

    /**
     * The quantile of step h (from 1) at a level that is shown.
     *
     * @throws IllegalArgumentException if it is not shown: the levels are those of the settings
     */
    public double quantile(int h, double level) {
        int index = Arrays.binarySearch(numbers.levels, level);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "quantile " + level + " is not forecast, only " + Arrays.toString(numbers.levels));
        }
        return quantile(h, index);
    }

    /** Mean of the sum up to step h (from 1). */
    public double totalMean(int h) {
        double total = 0;
        for (int i = 0; i < h; i++) {
            total += numbers.means[i];
        }
        return total;
    }

    /** Mean of step h (from 1). */
    public double mean(int h) {
        return numbers.means[h - 1];
    }
}
