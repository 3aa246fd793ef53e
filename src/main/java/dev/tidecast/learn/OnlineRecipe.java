package dev.tidecast.learn;

/**
 * How to go on learning while observations arrive.
 *
 * @param lanes windows in one update: half of them from the recent past, half from anywhere
 * @param window steps in a window
 * @param warm how many of them only warm up the state
 * @param recent how many steps are the recent past
 */
public record OnlineRecipe(
        long seed,
        int lanes,
        int shards,
        int window,
        int warm,
        int recent,
        double rate,
        float highway,
        float quantiles) {
    public OnlineRecipe {
        if (lanes < 2 || shards < 1 || lanes % shards != 0 || warm < 0 || window <= warm || recent < 1 || !(rate > 0)) {
            throw new IllegalArgumentException(
                    "lanes are dealt evenly to the shards, a window is longer than its warm-up");
        }
    }

    public static OnlineRecipe standard() {
        return new OnlineRecipe(1, 16, 2, 144, 24, 672, 1e-3, .1f, 1f);
    }

    public OnlineRecipe withRate(double rate) {
        return new OnlineRecipe(seed, lanes, shards, window, warm, recent, rate, highway, quantiles);
    }

    public OnlineRecipe withWindow(int window, int warm, int recent) {
        return new OnlineRecipe(seed, lanes, shards, window, warm, recent, rate, highway, quantiles);
    }

    public OnlineRecipe withSeed(long seed) {
        return new OnlineRecipe(seed, lanes, shards, window, warm, recent, rate, highway, quantiles);
    }

    public OnlineRecipe withHighway(float share) {
        return new OnlineRecipe(seed, lanes, shards, window, warm, recent, rate, share, quantiles);
    }
}
