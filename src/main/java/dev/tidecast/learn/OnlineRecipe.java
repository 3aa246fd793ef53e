package dev.tidecast.learn;

/**
 * How to go on learning while observations arrive.
 *
 * @param rates how large an update is
 * @param quantiles what the mean of the other levels counts beside the median's absolute error
 */
public record OnlineRecipe(long seed, Lanes lanes, Windows windows, Recipe.Rates rates, float quantiles) {
    /**
     * What is learnt in one update.
     *
     * @param count windows in one update: half of them from the recent past, half from anywhere
     * @param shards the parts an update is computed in
     */
    public record Lanes(int count, int shards) {
        public Lanes {
            if (count < 2 || shards < 1 || count % shards != 0) {
                throw new IllegalArgumentException("lanes are dealt evenly to the shards");
            }
        }
    }

    /**
     * How windows are cut from a history.
     *
     * @param length steps in a window
     * @param warm how many of them only warm up the state
     * @param recent how many steps are the recent past
     */
    public record Windows(int length, int warm, int recent) {
        public Windows {
            if (warm < 0 || length <= warm || recent < 1) {
                throw new IllegalArgumentException("a window is longer than its warm-up");
            }
        }
    }

    public static OnlineRecipe standard() {
        return new OnlineRecipe(1, new Lanes(16, 2), new Windows(144, 24, 672), new Recipe.Rates(1e-3, .1f), 1f);
    }

    public OnlineRecipe withSeed(long seed) {
        return new OnlineRecipe(seed, lanes, windows, rates, quantiles);
    }

    public OnlineRecipe withWindow(int length, int warm, int recent) {
        return new OnlineRecipe(seed, lanes, new Windows(length, warm, recent), rates, quantiles);
    }

    public OnlineRecipe withRate(double rate) {
        return with(new Recipe.Rates(rate, rates.highway()));
    }

    public OnlineRecipe withHighway(float share) {
        return with(new Recipe.Rates(rates.highest(), share));
    }

    private OnlineRecipe with(Recipe.Rates other) {
        return new OnlineRecipe(seed, lanes, windows, other, quantiles);
    }
}
