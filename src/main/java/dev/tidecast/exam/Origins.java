package dev.tidecast.exam;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Table;
import java.util.List;

/**
 * The forecasts from one origin, the end of the training part, or from a few, graded as the M competitions do, each series
 * an average of its steps and then the average over series:
 *
 * <pre>
 *   sMAPE  mean 200 |y - f| / (|y| + |f|)        MASE  mean |y - f| / s,  s = mean in-sample |y(t) - y(t - m)|
 *   MSIS   mean (u - l + 40 (l - y)+ + 40 (y - u)+) / s        coverage   share of l &lt;= y &lt;= u
 *   OWA    (sMAPE / sMAPE of Naive2 + MASE / MASE of Naive2) / 2
 * </pre>
 *
 * A series that never changed in its training part has no s and counts in sMAPE only.
 */
final class Origins extends Grader<Origins.Tally> {
    private static final double LOW = .025;
    private static final double LOW_OF_80 = .1;
    private static final double OVERSHOOT = 40;

    private final Span span;
    private final double[] levels;
    private final double[] scales;
    private final double naiveSmape;
    private final double naiveMase;

    /** Sums per series. */
    static final class Tally {
        private final int[] n;
        private final double[] smape;
        private final double[] scaled;
        private final double[] interval;
        private final int[] covered;
        private final int[] covered80;
        private boolean quantiles;

        Tally(int lines) {
            n = new int[lines];
            smape = new double[lines];
            scaled = new double[lines];
            interval = new double[lines];
            covered = new int[lines];
            covered80 = new int[lines];
        }
    }

    /** Every so many steps from the first origin to the last, both included; and which quantile levels are shown. */
    record Span(int first, int last, int every, double[] levels) {
        static Span one(int origin, double[] levels) {
            return new Span(origin, origin, 1, levels);
        }
    }

    /** The two figures of Naive2 that OWA is made with; NaN where there is no such figure. */
    record Naive2(double smape, double mase) {
        static final Naive2 NONE = new Naive2(Double.NaN, Double.NaN);
    }

    Origins(Table table, Span span, int season, Naive2 naive2) {
        super(table);
        this.levels = span.levels;
        this.span = span;
        this.naiveSmape = naive2.smape;
        this.naiveMase = naive2.mase;
        this.scales = new double[table.lines().size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale(table.lines().get(i).values(), span.first, season);
        }
    }

    private static double scale(double[] y, int end, int season) {
        double sum = 0;
        long pairs = 0;
        for (int t = season; t < end; t++) {
            double change = Math.abs(y[t] - y[t - season]);
            if (!Double.isNaN(change)) {
                sum += change;
                pairs++;
            }
        }
        return pairs == 0 || sum == 0 ? Double.NaN : sum / pairs;
    }

    @Override
    boolean hedged() {
        return false;
    }

    @Override
    boolean counts(int at, int h) {
        return at >= span.first && at <= span.last && (at - span.first) % span.every == 0;
    }

    @Override
    Tally begin() {
        return new Tally(scales.length);
    }

    @Override
    void add(Tally tally, Hit hit) {
        double e = Math.abs(hit.actual() - hit.median());
        double size = Math.abs(hit.actual()) + Math.abs(hit.median());
        tally.n[hit.line()]++;
        tally.smape[hit.line()] += size == 0 ? 0 : 200 * e / size;
        tally.scaled[hit.line()] += e / scales[hit.line()];
    }

    @Override
    void addOurs(Tally tally, Hit hit, Issue issue) {
        double l = quantile(issue, hit.h(), LOW);
        double u = quantile(issue, hit.h(), 1 - LOW);
        if (Double.isNaN(l) || Double.isNaN(u)) {
            return;
        }
        double y = hit.actual();
        double beyond = OVERSHOOT * (Math.max(0, l - y) + Math.max(0, y - u));
        tally.quantiles = true;
        tally.interval[hit.line()] += (u - l + beyond) / scales[hit.line()];
        tally.covered[hit.line()] += l <= y && y <= u ? 1 : 0;
        boolean in = quantile(issue, hit.h(), LOW_OF_80) <= y && y <= quantile(issue, hit.h(), 1 - LOW_OF_80);
        tally.covered80[hit.line()] += in ? 1 : 0;
    }

    /** The shown quantile of this level; NaN where it is not shown. */
    private double quantile(Issue issue, int h, double level) {
        int place = place(levels, level);
        return place < 0 ? Double.NaN : issue.quantile(h, place);
    }

    private static int place(double[] levels, double level) {
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < 1e-9) {
                return i;
            }
        }
        return -1;
    }

    @Override
    List<String> columns() {
        return Double.isNaN(naiveSmape)
                ? List.of("sMAPE", "MASE", "MSIS 95", "cov95", "cov80")
                : List.of("sMAPE", "MASE", "OWA", "MSIS 95", "cov95", "cov80");
    }

    @Override
    double[] figures(Tally tally) {
        double[] sums = new double[5];
        int series = 0;
        int scaled = 0;
        for (int i = 0; i < scales.length; i++) {
            if (tally.n[i] > 0) {
                series++;
                sums[0] += tally.smape[i] / tally.n[i];
                sums[3] += (double) tally.covered[i] / tally.n[i];
                sums[4] += (double) tally.covered80[i] / tally.n[i];
                if (!Double.isNaN(scales[i])) {
                    scaled++;
                    sums[1] += tally.scaled[i] / tally.n[i];
                    sums[2] += tally.interval[i] / tally.n[i];
                }
            }
        }
        double smape = sums[0] / series;
        double mase = sums[1] / scaled;
        double owa = (smape / naiveSmape + mase / naiveMase) / 2;
        double known = tally.quantiles ? 1 : Double.NaN;
        double msis = known * sums[2] / scaled;
        double wide = known * sums[3] / series;
        double narrow = known * sums[4] / series;
        return Double.isNaN(naiveSmape)
                ? new double[] {smape, mase, msis, wide, narrow}
                : new double[] {smape, mase, owa, msis, wide, narrow};
    }
}
