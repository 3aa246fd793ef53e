package dev.tidecast.exam;

import dev.tidecast.kernel.RecursiveLeastSquares;

/**
 * The heterogeneous autoregression of volatility (Corsi 2009), the yardstick that is hard to beat, on squared returns since nothing
 * finer is known of a step: how the next one follows the last, the mean of the last 5 and of the last 22. Each series has its own,
 * solved anew after every step from all before it; a step counts by the inverse of its smoothed variance, or storms would decide alone.
 *
 * <pre>
 *   v(t + 1) = a + b r²(t) + c mean r²(t - 4 .. t) + d mean r²(t - 21 .. t)        no less than a tenth of the smoothed variance
 * </pre>
 */
final class Har {
    static final String NAME = "the data: HAR 1, 5, 22";
    private static final int WEEK = 5;
    private static final int MONTH = 22;
    private static final double LEAST_SHARE = .1;
    private static final double LEAST_VARIANCE = 1e-12;
    private static final double[] BEGIN = {0, .05, .25, .65};
    private static final double[] UNSURE = {1, .05, .05, .05};

    private final RecursiveLeastSquares squares = new RecursiveLeastSquares(BEGIN.length, 1, 1, 1e6);
    private final double[] state = new double[squares.size()];
    private final double[] last = new double[MONTH];
    private int seen;

    private Har() {
        squares.reset(state, 0, BEGIN, UNSURE);
    }

    /** Runs over prices beside the smoothed variance, heard at the same steps once a month of moves is known. */
    static void run(double[] y, Volatility.Ear ear) {
        Har har = new Har();
        Volatility.smoothed(y, (step, smoothed, move) -> {
            double v = Math.max(LEAST_VARIANCE, smoothed);
            double[] x = har.regressors(v);
            if (har.seen >= MONTH) {
                ear.step(step, v * Math.max(LEAST_SHARE, har.squares.forecast(har.state, 0, x)), move);
                har.squares.learn(har.state, 0, x, move * move / v);
            }
            har.last[har.seen++ % MONTH] = move * move;
        });
    }

    private double[] regressors(double v) {
        return new double[] {1 / v, mean(1) / v, mean(WEEK) / v, mean(MONTH) / v};
    }

    private double mean(int steps) {
        double sum = 0;
        for (int k = 1; k <= steps; k++) {
            sum += last[Math.floorMod(seen - k, MONTH)];
        }
        return sum / steps;
    }
}
