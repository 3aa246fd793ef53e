package dev.tidecast.exam;

import dev.tidecast.backtest.Table;
import java.util.Arrays;
import java.util.List;

/**
 * The price some days ahead as the study of state-frequency memory networks grades it (Zhang, Aggarwal and Qi, KDD 2017):
 *
 * <pre>
 *   MSE(h) = mean over series and the last days(h) actuals of (y - f(h))²      f(h) issued h days before
 * </pre>
 *
 * in squares of the prices themselves, so the dearest shares decide it. Persistence is the bar.
 */
final class Prices extends Grader<Prices.Tally> {
    private static final int[] AHEAD = {1, 3, 5};
    private static final int[] DAYS = {251, 249, 247};

    private final int end;

    static final class Tally {
        private final double[] squared = new double[AHEAD.length];
        private final long[] n = new long[AHEAD.length];
    }

    /** The last day is the one before step `end`. */
    Prices(Table table, int end) {
        super(table);
        this.end = end;
    }

    @Override
    boolean counts(int origin, int h) {
        int place = Arrays.binarySearch(AHEAD, h);
        int target = origin + h - 1;
        return place >= 0 && target < end && target >= end - DAYS[place];
    }

    @Override
    Tally begin() {
        return new Tally();
    }

    @Override
    void add(Tally tally, Hit hit) {
        int place = Arrays.binarySearch(AHEAD, hit.h());
        double e = hit.actual() - hit.mean();
        tally.squared[place] += e * e;
        tally.n[place]++;
    }

    @Override
    List<String> columns() {
        return List.of("MSE 1", "MSE 3", "MSE 5");
    }

    @Override
    double[] figures(Tally tally) {
        double[] figures = new double[AHEAD.length];
        for (int i = 0; i < figures.length; i++) {
            figures[i] = tally.squared[i] / tally.n[i];
        }
        return figures;
    }
}
