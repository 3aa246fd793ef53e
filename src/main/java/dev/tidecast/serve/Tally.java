package dev.tidecast.serve;

/**
 * The scores of one step ahead, summed over all keys of a pipeline.
 *
 * @param scores how many forecasts have met their actual value
 * @param error sum of the absolute errors of the medians
 * @param actual sum of the absolute actuals
 * @param covered how many actual values lay within the shown band
 * @param naiveScores how many of them the seasonal naive could be asked for as well
 * @param pairedError our absolute errors on those, and {@code naiveError} its own
 */
public record Tally(
        int h,
        long scores,
        double error,
        double actual,
        long covered,
        long naiveScores,
        double pairedError,
        double naiveError) {

    static Tally none(int h) {
        return new Tally(h, 0, 0, 0, 0, 0, 0, 0);
    }

    Tally plus(double value, Outcome.Matured matured) {
        boolean paired = Double.isFinite(matured.naiveError()) && Double.isFinite(matured.error());
        return new Tally(
                h,
                scores + 1,
                error + matured.error(),
                actual + Math.abs(value),
                covered + (matured.covered() ? 1 : 0),
                naiveScores + (paired ? 1 : 0),
                pairedError + (paired ? matured.error() : 0),
                naiveError + (paired ? matured.naiveError() : 0));
    }

    Tally and(Tally other) {
        return new Tally(
                h,
                scores + other.scores,
                error + other.error,
                actual + other.actual,
                covered + other.covered,
                naiveScores + other.naiveScores,
                pairedError + other.pairedError,
                naiveError + other.naiveError);
    }

    /** Σ|error| / Σ|actual|, the missed share of the actual values; NaN before any score. */
    public double wape() {
        return actual > 0 ? error / actual : Double.NaN;
    }

    /** Our error over that of the seasonal naive on the same steps: below 1 is better; NaN before any. */
    public double againstNaive() {
        return naiveError > 0 ? pairedError / naiveError : Double.NaN;
    }

    /** The share of the actual values that lay within the shown band; NaN before any score. */
    public double coverage() {
        return scores > 0 ? (double) covered / scores : Double.NaN;
    }
}
