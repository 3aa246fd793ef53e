package dev.tidecast.exam;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Ladder;
import dev.tidecast.backtest.Table;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Horizons;
import java.util.ArrayList;
import java.util.List;

/**
 * Every forecast issued after the part that may be learned from: mean absolute error of each group of steps, ours as a
 * share of each contender's where both have a forecast, the coverage of the intervals, and for prices {@link Volatility}.
 */
final class Prequential extends Grader<Prequential.Tally> {
    private static final double TIE = 1e-9;
    private static final double WIDE = .95;
    private static final double[] INTERVALS = {.8, WIDE};

    private final int from;
    private final double[] levels;
    private final Horizons horizons;
    private final boolean prices;

    static final class Tally {
        private final double[] absolute;
        private final double[] paired;
        private final long[] n;
        private double actual;
        private double squared;
        private final Ladder first;
        private final Ladder all;
        private final Volatility volatility = new Volatility();
        private boolean ours;

        Tally(int groups, double[] levels) {
            absolute = new double[groups];
            paired = new double[groups];
            n = new long[groups];
            first = new Ladder(levels);
            all = new Ladder(levels);
        }
    }

    Prequential(Table table, int from, Pipeline pipeline) {
        super(table);
        this.from = from;
        this.levels = pipeline.quantiles();
        this.horizons = new Horizons(pipeline.horizon());
        this.prices = pipeline.target().kind() == TargetKind.PRICE;
    }

    @Override
    boolean counts(int origin, int h) {
        return origin >= from;
    }

    @Override
    Tally begin() {
        return new Tally(horizons.groups(), levels);
    }

    @Override
    void add(Tally tally, Hit hit) {
        int group = horizons.group(hit.h());
        double e = hit.actual() - hit.mean();
        tally.n[group]++;
        tally.absolute[group] += Math.abs(hit.actual() - hit.median());
        tally.paired[group] += Math.abs(hit.actual() - hit.ours());
        tally.squared += e * e;
        tally.actual += Math.abs(hit.actual());
    }

    @Override
    void addOurs(Tally tally, Hit hit, Issue issue) {
        tally.ours = true;
        tally.all.add(issue, hit.h(), hit.actual());
        if (hit.h() == 1) {
            tally.first.add(issue, 1, hit.actual());
            if (prices) {
                move(tally, hit, issue);
            }
        }
    }

    private void move(Tally tally, Hit hit, Issue issue) {
        double before = table.lines().get(hit.line()).values()[hit.origin() - 1];
        int low = place(tally.first, WIDE);
        if (low >= 0 && before > 0) {
            double v = Volatility.variance(issue.quantile(1, low), issue.quantile(1, tally.first.partner(low)));
            tally.volatility.add(v, Volatility.move(before, hit.actual()));
        }
    }

    /** What the size of the last moves tells of the next one, straight from the table. */
    void volatility() {
        for (Table.Line line : prices ? table.lines() : List.<Table.Line>of()) {
            Volatility.smoothed(line.values(), ear(Volatility.EWMA));
            Har.run(line.values(), ear(Har.NAME));
        }
    }

    private Volatility.Ear ear(String name) {
        return (step, variance, move) -> {
            if (counts(step, 1)) {
                tally(name).volatility.add(variance, move);
            }
        };
    }

    @Override
    List<String> columns() {
        List<String> columns = new ArrayList<>();
        int first = 1;
        for (int g = 0; g < horizons.groups(); g++) {
            int last = horizons.last(g);
            columns.add("MAE " + (first == last ? "" : first + "-") + last);
            columns.add("ours " + (first == last ? "" : first + "-") + last);
            first = last + 1;
        }
        columns.addAll(List.of("MAE", "ours", "WAPE", "RMSE", "cov80 h1", "cov95 h1", "cov80", "cov95"));
        if (prices) {
            columns.add("QLIKE h1");
        }
        return columns;
    }

    @Override
    double[] figures(Tally tally) {
        List<Double> figures = new ArrayList<>();
        double absolute = 0;
        double paired = 0;
        long n = 0;
        for (int g = 0; g < horizons.groups(); g++) {
            figures.add(tally.absolute[g] / tally.n[g]);
            figures.add(tally.paired[g] / tally.absolute[g]);
            absolute += tally.absolute[g];
            paired += tally.paired[g];
            n += tally.n[g];
        }
        figures.addAll(List.of(absolute / n, paired / absolute, absolute / tally.actual, Math.sqrt(tally.squared / n)));
        for (Ladder ladder : List.of(tally.first, tally.all)) {
            for (double nominal : INTERVALS) {
                figures.add(tally.ours ? coverage(ladder, nominal) : Double.NaN);
            }
        }
        if (prices) {
            figures.add(tally.volatility.qlike());
        }
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double coverage(Ladder ladder, double nominal) {
        int low = place(ladder, nominal);
        return low < 0 ? Double.NaN : ladder.coverage(low);
    }

    /** The level at which the interval begins that ought to hold this share; -1 where it is not shown. */
    private static int place(Ladder ladder, double nominal) {
        for (int i = 0; i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0 && Math.abs(ladder.nominal(i) - nominal) < TIE) {
                return i;
            }
        }
        return -1;
    }
}
