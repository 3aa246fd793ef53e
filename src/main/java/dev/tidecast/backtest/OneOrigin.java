package dev.tidecast.backtest;

import java.util.List;

/**
 * One forecast per series from the end of its training part, graded as the M competitions do, each series an average of its
 * steps and then the average over series:
 *
 * <pre>
 *   sMAPE  mean 200 |y - f| / (|y| + |f|)        MASE  mean |y - f| / s,  s = mean in-sample |y(t) - y(t - m)|
 *   MSIS   mean (u - l + 40 (l - y)+ + 40 (y - u)+) / s        coverage   share of l &lt;= y &lt;= u, at 95 %
 *   OWA    (sMAPE / sMAPE of Naive2 + MASE / MASE of Naive2) / 2
 * </pre>
 *
 * A series that never changed in its training part has no s and counts in sMAPE only.
 */
final class OneOrigin extends Grader<OneOrigin.Tally> {
    private static final double LOW = .025;
    private static final double OVERSHOOT = 40;

    private final int origin;
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
        private boolean quantiles;

        Tally(int lines) {
            n = new int[lines];
            smape = new double[lines];
            scaled = new double[lines];
            interval = new double[lines];
            covered = new int[lines];
        }
    }

    /** The two figures of Naive2 that OWA is made with; NaN where there is no such figure. */
    record Naive2(double smape, double mase) {
        static final Naive2 NONE = new Naive2(Double.NaN, Double.NaN);
    }

    OneOrigin(Table table, int origin, int season, Naive2 naive2) {
        super(table);
        this.origin = origin;
        this.naiveSmape = naive2.smape;
        this.naiveMase = naive2.mase;
        this.scales = new double[table.lines().size()];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = scale(table.lines().get(i).values(), origin, season);
        }
    }

    private static double scale(double[] y, int end, int season) {
        double sum = 0;
        long pairs = 0;
        for (int t = season; t < end; t++) {
            double change = Math.abs(y[t] - y[t - season]);
            if (change == change) {
                sum += change;
                pairs++;
            }
        }
        return pairs == 0 || sum == 0 ? Double.NaN : sum / pairs;
    }

    @Override
    boolean counts(int at, int h) {
        return at == origin;
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
        double[] levels = issue.forecast().levels();
        int low = place(levels, LOW);
        int high = place(levels, 1 - LOW);
        if (low < 0 || high < 0) {
            return;
        }
        double l = Rivals.shown(issue.forecast(), hit.h(), low);
        double u = Rivals.shown(issue.forecast(), hit.h(), high);
        double y = hit.actual();
        double beyond = OVERSHOOT * (Math.max(0, l - y) + Math.max(0, y - u));
        tally.quantiles = true;
        tally.interval[hit.line()] += (u - l + beyond) / scales[hit.line()];
        tally.covered[hit.line()] += l <= y && y <= u ? 1 : 0;
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
                ? List.of("sMAPE", "MASE", "MSIS 95", "coverage 95")
                : List.of("sMAPE", "MASE", "OWA", "MSIS 95", "coverage 95");
    }

    @Override
    double[] figures(Tally tally) {
        double[] sums = new double[4];
        int series = 0;
        int scaled = 0;
        for (int i = 0; i < scales.length; i++) {
            if (tally.n[i] > 0) {
                series++;
                sums[0] += tally.smape[i] / tally.n[i];
                sums[3] += (double) tally.covered[i] / tally.n[i];
                if (scales[i] == scales[i]) {
                    scaled++;
                    sums[1] += tally.scaled[i] / tally.n[i];
                    sums[2] += tally.interval[i] / tally.n[i];
                }
            }
        }
        double smape = sums[0] / series;
        double mase = sums[1] / scaled;
        double msis = tally.quantiles ? sums[2] / scaled : Double.NaN;
        double coverage = tally.quantiles ? sums[3] / series : Double.NaN;
        return Double.isNaN(naiveSmape)
                ? new double[] {smape, mase, msis, coverage}
                : new double[] {smape, mase, (smape / naiveSmape + mase / naiveMase) / 2, msis, coverage};
    }
}
