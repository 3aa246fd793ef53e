package dev.tidecast.forecast.answer;

import dev.tidecast.series.Source;
import java.util.List;

/**
 * One accuracy record: the actual of a closed bucket against the forecasts issued for it at earlier closes.
 *
 * @param ts the start of the bucket that closed; without buckets the time of the event
 * @param issuedAt the triggering record's Kafka timestamp
 * @param step the bucket size as text
 * @param whole whether quantiles are whole numbers
 * @param matured one entry per representative step whose forecast is due now
 */
public record Score(
        String key,
        String pipeline,
        long ts,
        double actual,
        long issuedAt,
        String step,
        Source source,
        boolean whole,
        List<Matured> matured) {

    /**
     * One forecast that has met its actual.
     *
     * @param origin its origin; {@link #NO_ORIGIN} without buckets
     * @param levels the lowest, middle and highest shown level (fewer if fewer are shown)
     * @param quantiles what was issued for these levels
     * @param absoluteError of the middle level
     * @param pinball mean pinball loss of these levels
     * @param covered whether the actual lies between lowest and highest, both included
     * @param persistence absolute error of the last value known at the origin
     * @param seasonalNaive absolute error of the last value of the same phase known at the origin
     */
    public record Matured(
            int h,
            long origin,
            double[] levels,
            double[] quantiles,
            double absoluteError,
            double pinball,
            boolean covered,
            String modelVersion,
            double persistence,
            double seasonalNaive) {
        public static final long NO_ORIGIN = Long.MIN_VALUE;
    }
}
