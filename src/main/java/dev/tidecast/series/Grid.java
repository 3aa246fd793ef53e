package dev.tidecast.series;

/**
 * The nine internal quantile levels, and what is read off them: between two levels a quantile function runs as that of a
 * normal distribution would, beyond the outermost it is flat. The mean takes it for a straight line.
 *
 * <pre>
 *   q(p) = q(a) + (N(p) - N(a)) / (N(b) - N(a)) (q(b) - q(a))      a, b the levels around p, N the normal quantile
 *   mean = integral of q(p) over p in (0, 1) = sum of WEIGHT[i] q[i]
 * </pre>
 */
public final class Grid {
    public static final int SIZE = 9;
    /** The place of the median. */
    public static final int MEDIAN = 4;

    private static final double[] LEVELS = {.01, .05, .1, .25, .5, .75, .9, .95, .99};
    private static final double[] WEIGHTS = weights();

    private final int[] left;
    private final double[] share;

    /** A reading of these levels off the grid. */
    public Grid(double[] shown) {
        left = new int[shown.length];
        share = new double[shown.length];
        for (int i = 0; i < shown.length; i++) {
            double level = Math.max(LEVELS[0], Math.min(LEVELS[SIZE - 1], shown[i]));
            while (left[i] < SIZE - 2 && LEVELS[left[i] + 1] <= level) {
                left[i]++;
            }
            double from = Normal.quantile(LEVELS[left[i]]);
            share[i] = (Normal.quantile(level) - from) / (Normal.quantile(LEVELS[left[i] + 1]) - from);
        }
    }

    public static double level(int i) {
        return LEVELS[i];
    }

    /** The quantile of the i-th shown level. */
    public double read(double[] quantiles, int i) {
        double low = quantiles[left[i]];
        return low + share[i] * (quantiles[left[i] + 1] - low);
    }

    public static double mean(double[] quantiles) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += WEIGHTS[i] * quantiles[i];
        }
        return sum;
    }

    /** The mean of what lies at y or above it; y where nothing does. */
    public static double meanAbove(double[] quantiles, double y) {
        if (y <= quantiles[0]) {
            return mean(quantiles);
        }
        double mass = 0;
        double sum = 0;
        for (int i = 1; i < SIZE; i++) {
            double low = quantiles[i - 1];
            double high = quantiles[i];
            if (y < high) {
                double from = Math.max(low, y);
                double share = (high - from) / (high - low) * (LEVELS[i] - LEVELS[i - 1]);
                mass += share;
                sum += share * (from + high) / 2;
            }
        }
        double last = 1 - LEVELS[SIZE - 1];
        return y < quantiles[SIZE - 1] ? (sum + last * quantiles[SIZE - 1]) / (mass + last) : y;
    }

    private static double[] weights() {
        double[] weights = new double[SIZE];
        weights[0] = LEVELS[0];
        weights[SIZE - 1] = 1 - LEVELS[SIZE - 1];
        for (int i = 1; i < SIZE; i++) {
            weights[i - 1] += (LEVELS[i] - LEVELS[i - 1]) / 2;
            weights[i] += (LEVELS[i] - LEVELS[i - 1]) / 2;
        }
        return weights;
    }
}
