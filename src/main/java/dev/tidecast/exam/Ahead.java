package dev.tidecast.exam;

import dev.tidecast.backtest.Table;
import java.util.List;

/**
 * One step of every forecast, as the study of NYC taxi rides grades:
 *
 * <pre>
 *   MAPE  mean |y - f| / mean |y|          NRMSE  √ mean (y - f)² / standard deviation of the whole series
 * </pre>
 *
 * over the actuals from a record on; MAPE with the median, NRMSE with the mean.
 */
final class Ahead extends Grader<Ahead.Tally> {
    private final int ahead;
    private final int from;
    private final double deviation;

    static final class Tally {
        private double absolute;
        private double squared;
        private double actual;
        private long n;
    }

    Ahead(Table table, int ahead, int from) {
        super(table);
        this.ahead = ahead;
        this.from = from;
        this.deviation = deviation(table.lines().get(0).values());
    }

    private static double deviation(double[] y) {
        double sum = 0;
        for (double value : y) {
            sum += value;
        }
        double mean = sum / y.length;
        double squares = 0;
        for (double value : y) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / y.length);
    }

    @Override
    boolean counts(int origin, int h) {
        return h == ahead && origin + h - 1 >= from;
    }

    @Override
    Tally begin() {
        return new Tally();
    }

    @Override
    void add(Tally tally, Hit hit) {
        double e = hit.actual() - hit.mean();
        tally.n++;
        tally.absolute += Math.abs(hit.actual() - hit.median());
        tally.squared += e * e;
        tally.actual += Math.abs(hit.actual());
    }

    @Override
    List<String> columns() {
        return List.of("MAPE", "NRMSE");
    }

    @Override
    double[] figures(Tally tally) {
        return new double[] {tally.absolute / tally.actual, Math.sqrt(tally.squared / tally.n) / deviation};
    }
}
