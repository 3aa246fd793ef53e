package dev.tidecast.serve;

/**
 * The scores of one step ahead, summed over all keys of a pipeline.
 *
 * @param scores how many forecasts have met their actual value
 * @param error sum of the absolute errors of the medians
 * @param actual sum of the absolute actuals
 * @param covered how many actual values lay within the shown band
 * @param paired those of them for which the seasonal naive has an error too
 */
public record Tally(int h, long scores, double error, double actual, long covered, Paired paired) {
    /** Sums of our absolute errors and of those of the seasonal naive, over the scores that have both. */
    public record Paired(double ours, double naive) {
        static final Paired NONE = new Paired(0, 0);

        Paired plus(double ourError, double naiveError) {
            return new Paired(ours + ourError, naive + naiveError);
        }
    }

    static Tally none(int h) {
        return new Tally(h, 0, 0, 0, 0, Paired.NONE);
    }

    Tally plus(double value, Outcome.Matured matured) {
        boolean both = Double.isFinite(matured.naiveError()) && Double.isFinite(matured.error());
        return new Tally(
                h,
                scores + 1,
                error + matured.error(),
                actual + Math.abs(value),
                covered + (matured.covered() ? 1 : 0),
                both ? paired.plus(matured.error(), matured.naiveError()) : paired);
    }

    Tally and(Tally other) {
        return new Tally(
                h,
                scores + other.scores,
                error + other.error,
                actual + other.actual,
                covered + other.covered,
                paired.plus(other.paired.ours, other.paired.naive));
    }

    /** Σ|error| / Σ|actual|, the missed share of the actual values; NaN before any score. */
    public double wape() {
        return actual > 0 ? error / actual : Double.NaN;
    }

    /** Our error over that of the seasonal naive on the same steps: below 1 is better; NaN before any. */
    public double againstNaive() {
        return paired.naive > 0 ? paired.ours / paired.naive : Double.NaN;
    }

    /** The share of the actual values that lay within the shown band; NaN before any score. */
    public double coverage() {
        return scores > 0 ? (double) covered / scores : Double.NaN;
    }
}
