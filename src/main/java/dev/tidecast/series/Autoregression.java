package dev.tidecast.series;

import dev.tidecast.kernel.RecursiveLeastSquares;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * A linear autoregression per key, learnt by recursive least squares one step ahead and carried on over its own forecasts:
 *
 * <pre>
 *   x(t) = [1, mean of the last season, the values so many steps back], each (z - level) / scale within ± 8
 *   lags: 1 2 3 4, m - 1, m, m + 1, 2m, 2m + 1 of one season m; 1 2 3, m, m + 1, 2m, M - 1, M, M + 1 of two;
 *         1 .. 10 without any
 *   step h expects level + scale θ·x(t + h), what has not happened yet standing in as it is expected, within ± 6
 * </pre>
 */
public final class Autoregression {
    private static final double PRIOR = .1;
    private static final double KEPT = .9995;
    private static final double MOST_TRACE = 1000;
    private static final double FAR = 8;
    private static final double EXPECTED_FAR = 6;
    private static final int PLAIN_LAGS = 10;

    private final int[] lags;
    private final int season;
    private final int horizon;
    private final RecursiveLeastSquares squares;

    public Autoregression(int[] seasons, int horizon) {
        this.lags = lags(seasons);
        this.season = seasons[0] == 1 ? PLAIN_LAGS : seasons[0];
        this.horizon = horizon;
        this.squares = new RecursiveLeastSquares(2 + lags.length, PRIOR, KEPT, MOST_TRACE);
    }

    private static int[] lags(int[] seasons) {
        TreeSet<Integer> lags = new TreeSet<>();
        int m = seasons[0];
        int last = seasons[seasons.length - 1];
        if (m == 1) {
            for (int k = 1; k <= PLAIN_LAGS; k++) {
                lags.add(k);
            }
        } else if (seasons.length == 1) {
            lags.addAll(Arrays.asList(1, 2, 3, 4, m - 1, m, m + 1, 2 * m, 2 * m + 1));
        } else {
            lags.addAll(Arrays.asList(1, 2, 3, m, m + 1, 2 * m, last - 1, last, last + 1));
        }
        lags.remove(0);
        return lags.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Doubles of state. */
    public int size() {
        return squares.size();
    }

    /** How many past values it reads. */
    public int reach() {
        return Math.max(season, lags[lags.length - 1]);
    }

    public void begin(double[] state) {
        squares.reset(state, 0);
    }

    /** What a series was measured in when its past was read. */
    public record Measure(double level, double scale) {}

    /** Learns that z followed the last {@link #reach} values, oldest first. */
    public void learn(double[] state, float[] past, Measure measure, double z) {
        double[] x = new double[reach() + 1];
        measure(past, measure, x);
        squares.learn(state, 0, regressors(x, reach()), bounded((z - measure.level) / measure.scale, FAR));
    }

    /** What it expects of every step after these values. */
    public double[] expected(double[] state, float[] past, Measure measure) {
        double[] x = new double[reach() + horizon];
        measure(past, measure, x);
        double[] expected = new double[horizon];
        for (int h = 0; h < horizon; h++) {
            double next = bounded(squares.forecast(state, 0, regressors(x, reach() + h)), EXPECTED_FAR);
            x[reach() + h] = next;
            expected[h] = measure.level + measure.scale * next;
        }
        return expected;
    }

    private void measure(float[] past, Measure measure, double[] x) {
        for (int i = 0; i < reach(); i++) {
            x[i] = bounded((past[i] - measure.level) / measure.scale, FAR);
        }
    }

    /** What place `at` of x is explained by. */
    private double[] regressors(double[] x, int at) {
        double[] of = new double[2 + lags.length];
        double sum = 0;
        for (int k = 1; k <= season; k++) {
            sum += x[at - k];
        }
        of[0] = 1;
        of[1] = sum / season;
        for (int i = 0; i < lags.length; i++) {
            of[2 + i] = x[at - lags[i]];
        }
        return of;
    }

    private static double bounded(double x, double far) {
        return Math.max(-far, Math.min(far, x));
    }
}
