package dev.tidecast.forecast;

import dev.tidecast.series.Buckets;

/**
 * What a forecaster needs to know of a pipeline.
 *
 * @param quantiles the levels that are shown, ascending, each between 0 and 1
 * @param min the smallest value the target can take, NaN for none
 * @param max the largest value the target can take, NaN for none
 * @param season steps per season, at least 1 (7 for days in a week, 24 for hours in a day)
 * @param graceMillis how long after its end a bucket still takes late events
 */
public record Settings(
        String pipeline,
        Buckets buckets,
        int horizon,
        double[] quantiles,
        TargetKind kind,
        double min,
        double max,
        int season,
        long graceMillis,
        Missing missing,
        Emit emit) {
    public Settings {
        require(horizon >= 1 && horizon <= 1024, "horizon is 1 to 1024, not " + horizon);
        require(season >= 1 && season <= 1024, "season is 1 to 1024 steps, not " + season);
        require(graceMillis >= 0, "grace is not negative, as " + graceMillis);
        require(quantiles.length >= 1 && quantiles.length <= 99, "quantiles are 1 to 99 levels");
        require(!(min > max), "min is above max");
        quantiles = quantiles.clone();
        for (int i = 0; i < quantiles.length; i++) {
            require(quantiles[i] > 0 && quantiles[i] < 1, "a quantile is between 0 and 1");
            require(i == 0 || quantiles[i] > quantiles[i - 1], "quantiles ascend");
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
