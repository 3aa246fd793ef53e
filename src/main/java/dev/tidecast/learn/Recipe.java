package dev.tidecast.learn;

/**
 * How to train offline. The defaults were chosen as RATIONALE.md tells.
 *
 * @param passes how often each step is visited
 * @param least at least so many updates, however few the steps
 * @param lanes sequences side by side in one update
 * @param shards the parts an update is computed in: part of the result, unlike the number of threads
 * @param window steps between two updates of a sequence; what reaches further back is carried, not learnt through
 * @param longest a sequence is at most so many windows long; longer histories are cut anew in every pass
 * @param rate the highest learning rate
 * @param highway the share of it that the highway learns at
 * @param cold what a label counts at a step that has not seen all its lags yet
 * @param quantiles what the mean of the other levels counts beside the median's absolute error
 * @param penalty of the ridge that starts the highway, per row; at most 1000 in all
 * @param validate whether something is held back to choose by ({@link Validation})
 * @param made how many made series a network of prices learns from first ({@link Primer})
 */
public record Recipe(
        int passes,
        long seed,
        int least,
        int lanes,
        int shards,
        int window,
        int longest,
        double rate,
        float highway,
        float cold,
        float quantiles,
        double penalty,
        boolean validate,
        int made) {
    public Recipe {
        require(passes >= 1, "passes are at least 1");
        require(lanes >= 1 && shards >= 1 && lanes % shards == 0, "lanes are dealt evenly to the shards");
        require(window >= 1 && longest >= 1, "a window and a sequence have at least 1 step");
        require(
                rate > 0 && highway >= 0 && cold >= 0 && quantiles >= 0 && penalty > 0,
                "rates and weights are above 0");
    }

    public static Recipe standard() {
        return new Recipe(30, 1, 300, 16, 4, 96, 16, 3e-3, .1f, .05f, 1f, .004, true, 400);
    }

    public Recipe withPasses(int count) {
        return new Recipe(
                count, seed, least, lanes, shards, window, longest, rate, highway, cold, quantiles, penalty, validate,
                made);
    }

    public Recipe withSeed(long number) {
        return new Recipe(
                passes, number, least, lanes, shards, window, longest, rate, highway, cold, quantiles, penalty,
                validate, made);
    }

    public Recipe withLeast(int updates) {
        return new Recipe(
                passes, seed, updates, lanes, shards, window, longest, rate, highway, cold, quantiles, penalty,
                validate, made);
    }

    public Recipe withLanes(int count, int parts) {
        return new Recipe(
                passes, seed, least, count, parts, window, longest, rate, highway, cold, quantiles, penalty, validate,
                made);
    }

    public Recipe withWindow(int steps) {
        return new Recipe(
                passes, seed, least, lanes, shards, steps, longest, rate, highway, cold, quantiles, penalty, validate,
                made);
    }

    public Recipe withRate(double highest) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, highest, highway, cold, quantiles, penalty,
                validate, made);
    }

    public Recipe withHighway(float share) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, rate, share, cold, quantiles, penalty, validate,
                made);
    }

    public Recipe withQuantiles(float weight) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, rate, highway, cold, weight, penalty, validate,
                made);
    }

    public Recipe withCold(float weight) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, rate, highway, weight, quantiles, penalty,
                validate, made);
    }

    public Recipe withValidate(boolean held) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, rate, highway, cold, quantiles, penalty, held,
                made);
    }

    public Recipe withMade(int series) {
        return new Recipe(
                passes, seed, least, lanes, shards, window, longest, rate, highway, cold, quantiles, penalty, validate,
                series);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
