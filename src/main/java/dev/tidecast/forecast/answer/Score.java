package dev.tidecast.forecast.answer;

import dev.tidecast.series.Source;
import java.util.List;

/**
 * One accuracy record: the actual of a closed bucket against the forecasts issued for it at earlier closes.
 *
 * @param source the record that closed the bucket
 * @param matured one entry per representative step whose forecast is due now
 */
public record Score(Subject subject, double actual, Source source, List<Matured> matured) {
    /**
     * Which bucket it is about.
     *
     * @param step the bucket size as text
     * @param ts the start of the bucket that closed; without buckets the time of the event
     */
    public record Subject(String key, String pipeline, String step, long ts) {}

    public String key() {
        return subject.key;
    }

    public String pipeline() {
        return subject.pipeline;
    }

    public long ts() {
        return subject.ts;
    }

    /** The Kafka timestamp of the record that closed the bucket. */
    public long issuedAt() {
        return source.timestamp();
    }

    /** One forecast that has met its actual. */
    public record Matured(Issued issued, Errors errors, Baselines baselines) {
        public int h() {
            return issued.h;
        }

        public long origin() {
            return issued.origin;
        }

        public double[] quantiles() {
            return issued.quantiles;
        }

        public String modelVersion() {
            return issued.modelVersion;
        }

        public double absoluteError() {
            return errors.absolute;
        }

        public boolean covered() {
            return errors.covered;
        }

        public double persistence() {
            return baselines.persistence;
        }

        public double seasonalNaive() {
            return baselines.seasonalNaive;
        }
    }

    /**
     * What had been issued for the step.
     *
     * @param origin the origin of the forecast; {@link #NO_ORIGIN} without buckets
     * @param levels the lowest, middle and highest shown level (fewer if fewer are shown)
     * @param quantiles what was issued for these levels
     */
    public record Issued(int h, long origin, String modelVersion, double[] levels, double[] quantiles) {
        public static final long NO_ORIGIN = Long.MIN_VALUE;
    }

    /**
     * How far it was from the actual.
     *
     * @param absolute absolute error of the middle level
     * @param pinball mean pinball loss of the levels
     * @param covered whether the actual lies between the lowest and the highest quantile, both included
     */
    public record Errors(double absolute, double pinball, boolean covered) {}

    /**
     * The absolute errors of two baselines at the same origin.
     *
     * @param persistence of the last value known
     * @param seasonalNaive of the last value of the same phase known
     */
    public record Baselines(double persistence, double seasonalNaive) {}
}
