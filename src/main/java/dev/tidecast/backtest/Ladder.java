package dev.tidecast.backtest;

/**
 * What the shown quantiles were worth: pinball loss and the share of actuals at or below each level; coverage and width of
 * each pair of levels p and 1 - p.
 *
 * <pre>
 *   pinball(p) = mean max(p (y - q), (p - 1)(y - q))          coverage = share of low &lt;= y &lt;= high
 * </pre>
 */
public final class Ladder {
    private static final double TIE = 1e-9;

    private final double[] levels;
    private final int[] partner;
    private final double[] pinball;
    private final long[] below;
    private final long[] covered;
    private final double[] width;
    private long n;
    private double actual;

    public Ladder(double[] levels) {
        this.levels = levels;
        this.partner = new int[levels.length];
        this.pinball = new double[levels.length];
        this.below = new long[levels.length];
        this.covered = new long[levels.length];
        this.width = new double[levels.length];
        for (int i = 0; i < levels.length; i++) {
            partner[i] = -1;
            for (int j = i + 1; j < levels.length; j++) {
                partner[i] = Math.abs(levels[i] + levels[j] - 1) < TIE ? j : partner[i];
            }
        }
    }

    public void add(Issue issue, int h, double y) {
        n++;
        actual += Math.abs(y);
        for (int i = 0; i < levels.length; i++) {
            double q = issue.quantile(h, i);
            double e = y - q;
            pinball[i] += Math.max(levels[i] * e, (levels[i] - 1) * e);
            below[i] += y <= q ? 1 : 0;
            if (partner[i] >= 0) {
                double high = issue.quantile(h, partner[i]);
                covered[i] += q <= y && y <= high ? 1 : 0;
                width[i] += high - q;
            }
        }
    }

    void add(Ladder other) {
        n += other.n;
        actual += other.actual;
        for (int i = 0; i < levels.length; i++) {
            pinball[i] += other.pinball[i];
            below[i] += other.below[i];
            covered[i] += other.covered[i];
            width[i] += other.width[i];
        }
    }

    public long n() {
        return n;
    }

    public int levels() {
        return levels.length;
    }

    public double level(int i) {
        return levels[i];
    }

    /** The level at the other end of the interval that begins at level i; -1 where i begins none. */
    public int partner(int i) {
        return partner[i];
    }

    /** What share of actuals the interval that begins at level i ought to hold. */
    public double nominal(int i) {
        return levels[partner[i]] - levels[i];
    }

    public double coverage(int i) {
        return (double) covered[i] / n;
    }

    public double width(int i) {
        return width[i] / n;
    }

    /** The share of actuals at or below level i. */
    public double below(int i) {
        return (double) below[i] / n;
    }

    /** Mean pinball loss over all levels. */
    public double pinball() {
        double sum = 0;
        for (double p : pinball) {
            sum += p;
        }
        return sum / levels.length / n;
    }

    /** Twice the mean pinball loss, as a share of the mean absolute actual: near to a weighted, scale-free CRPS. */
    public double weightedPinball() {
        return 2 * pinball() * n / actual;
    }

    /** The place of the widest interval; -1 where no two levels make one. */
    public int widest() {
        for (int i = 0; i < levels.length; i++) {
            if (partner[i] >= 0) {
                return i;
            }
        }
        return -1;
    }
}
