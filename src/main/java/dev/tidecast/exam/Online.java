package dev.tidecast.exam;

import dev.tidecast.backtest.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Every origin of the test part, values standardised with the mean and standard deviation of the training part, labels
 * used only once they have come true:
 *
 * <pre>
 *   MSE(H), MAE(H) = mean over origins, series and the steps 1 .. H,  for origins whose H steps all lie in the test part
 * </pre>
 */
final class Online extends Grader<Online.Tally> {
    static final int[] HORIZONS = {1, 24, 48};

    private final int from;
    private final int end;

    static final class Tally {
        private final double[] squared = new double[HORIZONS.length];
        private final double[] absolute = new double[HORIZONS.length];
        private final long[] n = new long[HORIZONS.length];
    }

    /** Origins from step `from` on; no step at or after `end` is looked at. */
    Online(Table table, int from, int end) {
        super(table);
        this.from = from;
        this.end = end;
    }

    /** The table with every series standardised by its first steps. */
    static Table standardised(Table table, int trained) {
        List<Table.Line> lines = new ArrayList<>();
        for (Table.Line line : table.lines()) {
            double mean = mean(line.values(), trained);
            double[] z = line.values().clone();
            double[] squares = new double[z.length];
            for (int i = 0; i < z.length; i++) {
                z[i] -= mean;
                squares[i] = z[i] * z[i];
            }
            double deviation = Math.sqrt(mean(squares, trained));
            for (int i = 0; i < z.length; i++) {
                z[i] /= deviation;
            }
            lines.add(new Table.Line(line.key(), z));
        }
        return table.with(lines);
    }

    private static double mean(double[] y, int first) {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < first; i++) {
            if (!Double.isNaN(y[i])) {
                sum += y[i];
                n++;
            }
        }
        return sum / n;
    }

    @Override
    boolean counts(int origin, int h) {
        return origin >= from && origin + h <= end;
    }

    @Override
    Tally begin() {
        return new Tally();
    }

    @Override
    void add(Tally tally, Hit hit) {
        double e = hit.actual() - hit.mean();
        for (int i = 0; i < HORIZONS.length; i++) {
            if (hit.h() <= HORIZONS[i] && hit.origin() + HORIZONS[i] <= end) {
                tally.n[i]++;
                tally.squared[i] += e * e;
                tally.absolute[i] += Math.abs(hit.actual() - hit.median());
            }
        }
    }

    @Override
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (String of : List.of("MSE", "MAE")) {
            for (int h : HORIZONS) {
                columns.add(of + " " + h);
            }
        }
        return columns;
    }

    @Override
    double[] figures(Tally tally) {
        double[] figures = new double[2 * HORIZONS.length];
        for (int i = 0; i < HORIZONS.length; i++) {
            figures[i] = tally.squared[i] / tally.n[i];
            figures[HORIZONS.length + i] = tally.absolute[i] / tally.n[i];
        }
        return figures;
    }
}
