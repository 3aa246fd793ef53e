package dev.tidecast.backtest;

/**
 * The errors of one contender over many forecasts, as sums. With e = y - f, where f is the median for errors that it
 * minimises and the mean for those that it minimises (a rival has one number for both):
 *
 * <pre>
 *   MAE    mean |e|                     RMSE   √ mean (y - mean)²
 *   WAPE   sum |e| / sum |y|            bias   sum (mean - y) / sum |y|
 *   MASE   mean |e| / s(origin)         RMSSE  √ mean (y - mean)² / s²(origin)
 *   sMAPE  mean 200 |e| / (|y| + |f|)   (0 where both are 0)
 * </pre>
 *
 * s and s² are the mean absolute and squared seasonal differences of the key over all it had closed at the origin, so no
 * error is scaled by what came later; forecasts issued before a season of such pairs, or while nothing had changed, count
 * in the other columns only.
 */
public final class Errors {
    private long n;
    private double absolute;
    private double squared;
    private double signed;
    private double actual;
    private double smape;
    private long scaledN;
    private double scaled;
    private double scaledSquared;
    private double paired;

    /** What one contender makes of one matured step, worked out once for all the sums it goes into. */
    static final class Miss {
        private double absolute;
        private double squared;
        private double signed;
        private double actual;
        private double smape;
        private double scaled;
        private double scaledSquared;
        private double paired;
        private boolean scales;

        /** Of an actual, the contender's median and mean, and the median of ours for the same step. */
        void set(Issue issue, double y, double median, double mean, double ours) {
            absolute = Math.abs(y - median);
            squared = (y - mean) * (y - mean);
            signed = mean - y;
            actual = Math.abs(y);
            paired = Math.abs(y - ours);
            double size = Math.abs(y) + Math.abs(median);
            smape = size == 0 ? 0 : 200 * absolute / size;
            scales = !Double.isNaN(issue.scale());
            scaled = absolute / issue.scale();
            scaledSquared = squared / issue.squaredScale();
        }
    }

    void add(Miss miss) {
        n++;
        absolute += miss.absolute;
        squared += miss.squared;
        signed += miss.signed;
        actual += miss.actual;
        paired += miss.paired;
        smape += miss.smape;
        if (miss.scales) {
            scaledN++;
            scaled += miss.scaled;
            scaledSquared += miss.scaledSquared;
        }
    }

    /** One matured step: its actual, the contender's median and mean, and the median of ours for the same step. */
    void add(Issue issue, double y, double median, double mean, double ours) {
        Miss miss = new Miss();
        miss.set(issue, y, median, mean, ours);
        add(miss);
    }

    void add(Errors other) {
        n += other.n;
        absolute += other.absolute;
        squared += other.squared;
        signed += other.signed;
        actual += other.actual;
        smape += other.smape;
        scaledN += other.scaledN;
        scaled += other.scaled;
        scaledSquared += other.scaledSquared;
        paired += other.paired;
    }

    /** Steps judged. */
    public long n() {
        return n;
    }

    public double mae() {
        return absolute / n;
    }

    public double rmse() {
        return Math.sqrt(squared / n);
    }

    public double wape() {
        return absolute / actual;
    }

    public double bias() {
        return signed / actual;
    }

    public double smape() {
        return smape / n;
    }

    public double mase() {
        return scaled / scaledN;
    }

    public double rmsse() {
        return Math.sqrt(scaledSquared / scaledN);
    }

    /** Our absolute error as a share of this contender's, over the steps where it had a forecast; below 1 we are better. */
    public double ratio() {
        return paired / absolute;
    }

    /** 1 - ratio: the share of this contender's error that is saved. */
    public double skill() {
        return 1 - ratio();
    }
}
