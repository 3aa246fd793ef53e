package dev.tidecast.learn;

/** How to train offline. The defaults were chosen as RATIONALE.md tells. */
public record Recipe(long seed, Passes passes, Histories histories, Lanes lanes, Rates rates, Weights weights) {
    /**
     * How long to train.
     *
     * @param count how often each step is visited
     * @param least at least so many updates, however few the steps
     */
    public record Passes(int count, int least) {
        public Passes {
            require(count >= 1, "passes are at least 1");
        }
    }

    /**
     * Which histories to train on.
     *
     * @param validate whether something is held back to choose by ({@link Validation})
     * @param made how many made series a network of prices learns from first ({@link Primer})
     */
    public record Histories(boolean validate, int made) {}

    /**
     * How histories are cut into sequences.
     *
     * @param count sequences side by side in one update
     * @param shards the parts an update is computed in: part of the result, unlike the number of threads
     * @param window steps between two updates of a sequence; what reaches further back is carried, not learnt through
     * @param longest a sequence is at most so many windows long; longer histories are cut anew in every pass
     */
    public record Lanes(int count, int shards, int window, int longest) {
        public Lanes {
            require(count >= 1 && shards >= 1 && count % shards == 0, "lanes are dealt evenly to the shards");
            require(window >= 1 && longest >= 1, "a window and a sequence have at least 1 step");
        }
    }

    /**
     * How large an update is.
     *
     * @param highest the highest learning rate
     * @param highway the share of it that the highway learns at
     */
    public record Rates(double highest, float highway) {
        public Rates {
            require(highest > 0 && highway >= 0, "rates are above 0");
        }
    }

    /**
     * What counts how much in the loss.
     *
     * @param cold what a label counts at a step that has not seen all its lags yet
     * @param quantiles what the mean of the other levels counts beside the median's absolute error
     * @param penalty of the ridge that starts the highway, per row; at most 1000 in all
     */
    public record Weights(float cold, float quantiles, double penalty) {
        public Weights {
            require(cold >= 0 && quantiles >= 0 && penalty > 0, "weights are above 0");
        }
    }

    public static Recipe standard() {
        return new Recipe(
                1,
                new Passes(30, 300),
                new Histories(true, 400),
                new Lanes(16, 4, 96, 16),
                new Rates(3e-3, .1f),
                new Weights(.05f, 1f, .004));
    }

    public Recipe withSeed(long number) {
        return new Recipe(number, passes, histories, lanes, rates, weights);
    }

    public Recipe withPasses(int count) {
        return with(new Passes(count, passes.least));
    }

    public Recipe withLeast(int updates) {
        return with(new Passes(passes.count, updates));
    }

    public Recipe withValidate(boolean held) {
        return with(new Histories(held, histories.made));
    }

    public Recipe withMade(int series) {
        return with(new Histories(histories.validate, series));
    }

    public Recipe withLanes(int count, int parts) {
        return with(new Lanes(count, parts, lanes.window, lanes.longest));
    }

    public Recipe withWindow(int steps) {
        return with(new Lanes(lanes.count, lanes.shards, steps, lanes.longest));
    }

    public Recipe withRate(double highest) {
        return with(new Rates(highest, rates.highway));
    }

    public Recipe withHighway(float share) {
        return with(new Rates(rates.highest, share));
    }

    public Recipe withCold(float weight) {
        return with(new Weights(weight, weights.quantiles, weights.penalty));
    }

    public Recipe withQuantiles(float weight) {
        return with(new Weights(weights.cold, weight, weights.penalty));
    }

    private Recipe with(Passes other) {
        return new Recipe(seed, other, histories, lanes, rates, weights);
    }

    private Recipe with(Histories other) {
        return new Recipe(seed, passes, other, lanes, rates, weights);
    }

    private Recipe with(Lanes other) {
        return new Recipe(seed, passes, histories, other, rates, weights);
    }

    private Recipe with(Rates other) {
        return new Recipe(seed, passes, histories, lanes, other, weights);
    }

    private Recipe with(Weights other) {
        return new Recipe(seed, passes, histories, lanes, rates, other);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
