package dev.tidecast.exam;

/**
 * How well the width of a price forecast tells the size of the next move, by the loss QLIKE, r the return of the step in
 * percent and v its forecast variance:
 *
 * <pre>
 *   QLIKE = mean (ln v + r² / v)          ours: v = ((ln u - ln l) / 3.92)² from the 95 % interval [l, u]
 *                                         beside it: v = .97 v + .03 r², from the mean of the first twenty r²
 * </pre>
 *
 * 1.96 deviations hold 95 % of a normal return and, nearly, of a fat-tailed one: so the interval is turned into v as it is.
 */
final class Volatility {
    static final String EWMA = "the data: EWMA .97";
    private static final double KEPT = .97;
    private static final int FIRST = 20;
    private static final double DEVIATIONS = 2 * 1.96;
    private static final double PERCENT = 100;
    /** A tenth of a basis point: below it a price has not moved. */
    private static final double LEAST = 1e-3;

    private double sum;
    private long n;

    /** The return of a step in percent. */
    static double move(double before, double after) {
        return PERCENT * Math.log(after / before);
    }

    /** The variance an interval of 95 % stands for. */
    static double variance(double low, double high) {
        double deviation = PERCENT * Math.log(high / low) / DEVIATIONS;
        return deviation * deviation;
    }

    void add(double variance, double move) {
        double v = Math.max(LEAST * LEAST, variance);
        sum += Math.log(v) + move * move / v;
        n++;
    }

    double qlike() {
        return sum / n;
    }

    /** Hears the smoothed variance of every step and the move that followed. */
    interface Ear {
        void step(int step, double variance, double move);
    }

    /** Runs over prices, missing ones passed over. */
    static void smoothed(double[] y, Ear ear) {
        double v = 0;
        int moves = 0;
        double last = Double.NaN;
        for (int t = 0; t < y.length; t++) {
            if (Double.isNaN(y[t])) {
                continue;
            }
            if (!Double.isNaN(last)) {
                double move = move(last, y[t]);
                if (moves >= FIRST) {
                    ear.step(t, v, move);
                }
                double kept = moves < FIRST ? (double) moves / (moves + 1) : KEPT;
                v = kept * v + (1 - kept) * move * move;
                moves++;
            }
            last = y[t];
        }
    }
}
