package dev.tidecast.forecast.spec;

/**
 * What a forecast says, and when one is made.
 *
 * @param horizon how many steps ahead
 * @param quantiles the levels that are shown, ascending, each between 0 and 1
 * @param totals whether the sums up to each step are forecast too
 */
public record Output(int horizon, double[] quantiles, boolean totals, Emit emit) {
    /** The levels that are shown where nobody says which. */
    private static final double[] USUAL_QUANTILES = {.1, .5, .9};

    /** How many levels may be shown. */
    public static final int MOST_QUANTILES = 99;

    private static final int LONGEST = 1024;

    public Output {
        require(horizon >= 1 && horizon <= LONGEST, "horizon is 1 to " + LONGEST + ", not " + horizon);
        boolean fits = quantiles.length >= 1 && quantiles.length <= MOST_QUANTILES;
        require(fits, "quantiles are 1 to " + MOST_QUANTILES + " levels");
        quantiles = quantiles.clone();
        for (int i = 0; i < quantiles.length; i++) {
            require(quantiles[i] > 0 && quantiles[i] < 1, "a quantile is between 0 and 1");
            require(i == 0 || quantiles[i] > quantiles[i - 1], "quantiles ascend");
        }
    }

    /** The levels that are shown where nobody says which: 0.1, 0.5 and 0.9. */
    public static double[] usualQuantiles() {
        return USUAL_QUANTILES.clone();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
