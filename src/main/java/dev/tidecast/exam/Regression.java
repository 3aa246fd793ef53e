package dev.tidecast.exam;

/**
 * The linear baseline of the online protocol: one autoregression per series and step ahead by recursive least squares, every
 * label used once it has come true. All steps ahead read the same lags, so they share one P; what differs is when θ learns:
 *
 * <pre>
 *   x(t) = (y(t), ..., y(t - lags + 1), 1)      P(0) = I / ridge      k(t) = P x / (1 + xᵀ P x)      P -= k (P x)ᵀ
 *   θ_h += k(t) (y(t + h) - θ_h · x(t))         at the time t + h, when y(t + h) is known
 * </pre>
 *
 * Nothing is forgotten. Independent of the fold and its experts: it judges them. A missing value is read as the last known.
 */
final class Regression {
    static final String NAME = "the data: RLS AR(96) a key";
    private static final int LAGS = 96;
    private static final double RIDGE = 100;

    private final double[] y;
    private final double[] filled;
    private final int horizon;
    private final int inputs = LAGS + 1;
    private final double[][] p = new double[inputs][inputs];
    private final double[][] theta;
    /** Gains of the last steps, until the label of their last step ahead has come. */
    private final double[][] gains;

    private final double[] x = new double[inputs];
    private final double[] past = new double[inputs];

    Regression(double[] y, int horizon) {
        this.y = y;
        this.filled = filled(y);
        this.horizon = horizon;
        this.theta = new double[horizon][inputs];
        this.gains = new double[horizon + 1][inputs];
        for (int i = 0; i < inputs; i++) {
            p[i][i] = 1 / RIDGE;
        }
    }

    /** Hears what is forecast at each origin: f[h - 1] is for step origin + h - 1. */
    interface Ear {
        void forecast(int origin, double[] f);
    }

    /** Runs over the series once. */
    void run(Ear ear) {
        double[] f = new double[horizon];
        for (int t = LAGS - 1; t < y.length; t++) {
            learn(t);
            lags(t, x);
            gain(gains[t % gains.length]);
            for (int h = 0; h < horizon; h++) {
                f[h] = dot(theta[h], x);
            }
            ear.forecast(t + 1, f);
        }
    }

    /** The value at t is the label of the steps 1 .. horizon before it. */
    private void learn(int t) {
        if (Double.isNaN(y[t])) {
            return;
        }
        for (int h = 1; h <= horizon && t - h >= LAGS - 1; h++) {
            lags(t - h, past);
            double[] k = gains[(t - h) % gains.length];
            double[] own = theta[h - 1];
            double e = y[t] - dot(own, past);
            for (int i = 0; i < inputs; i++) {
                own[i] += k[i] * e;
            }
        }
    }

    private void gain(double[] k) {
        double unknown = 0;
        for (int i = 0; i < inputs; i++) {
            k[i] = dot(p[i], x);
            unknown += k[i] * x[i];
        }
        double share = 1 / (1 + unknown);
        for (int i = 0; i < inputs; i++) {
            double[] row = p[i];
            double step = k[i] * share;
            for (int j = 0; j < inputs; j++) {
                row[j] -= step * k[j];
            }
        }
        for (int i = 0; i < inputs; i++) {
            k[i] *= share;
        }
    }

    private void lags(int t, double[] into) {
        for (int i = 0; i < LAGS; i++) {
            into[i] = filled[t - i];
        }
        into[LAGS] = 1;
    }

    private static double[] filled(double[] y) {
        double[] filled = y.clone();
        double last = 0;
        for (int i = 0; i < y.length; i++) {
            last = Double.isNaN(y[i]) ? last : y[i];
            filled[i] = last;
        }
        return filled;
    }

    /** Four sums side by side: the order is fixed, and a single chain of additions would take most of the time. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
