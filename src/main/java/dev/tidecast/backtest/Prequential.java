package dev.tidecast.backtest;

import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Horizons;
import java.util.ArrayList;
import java.util.List;

/**
 * Every forecast issued after the part that may be learned from: mean absolute error of each group of steps, ours as a
 * share of each contender's where both have a forecast, and the coverage of the intervals.
 */
final class Prequential extends Grader<Prequential.Tally> {
    private static final double TIE = 1e-9;
    private static final double[] INTERVALS = {.8, .95};

    private final int from;
    private final double[] levels;
    private final Horizons horizons;

    static final class Tally {
        private final double[] absolute;
        private final double[] paired;
        private final long[] n;
        private double actual;
        private double squared;
        private final Ladder first;
        private final Ladder all;
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
        }
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
        return figures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double coverage(Ladder ladder, double nominal) {
        for (int i = 0; i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0 && Math.abs(ladder.nominal(i) - nominal) < TIE) {
                return ladder.coverage(i);
            }
        }
        return Double.NaN;
    }
}
