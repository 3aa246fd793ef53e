package dev.tidecast.exam;

import java.util.Arrays;

/**
 * Weights of one group of steps of one key by fixed-share Hedge (Herbster and Warmuth 1998), the textbook's way to follow the
 * best of several experts:
 *
 * <pre>
 *   loss[k]   = min(10, |e[k]| / m)                        m the mean |e| over experts, tracked at .005, at first the plain mean
 *   weight[k] *= exp(-eta loss[k]),  over their sum        an expert without a forecast loses what the others lose on average
 *   weight[k] = (1 - share) weight[k] + share / K
 * </pre>
 *
 * It begins with all weight on one expert, or evenly.
 */
final class Hedge {
    /** How fast weights follow losses, and what goes back to all. */
    record Pace(double eta, double share) {
        static final Pace STANDARD = new Pace(.1, .01);
    }

    private static final double MOST = 10;
    private static final double RATE = .005;

    private final Pace pace;
    private final double[] weights;
    private double mean;
    private long n;

    /** @param first the expert to begin with; below 0: all alike */
    Hedge(Pace pace, int experts, int first) {
        this.pace = pace;
        this.weights = new double[experts];
        Arrays.fill(weights, first < 0 ? 1.0 / experts : 0);
        if (first >= 0) {
            weights[first] = 1;
        }
    }

    /** Takes in the errors of one step that has come true, NaN for an expert that had no forecast. */
    void learn(double[] errors) {
        double size = mean(errors);
        if (Double.isNaN(size)) {
            return;
        }
        double scale = n == 0 ? size : mean;
        mean = scale + Math.max(RATE, 1.0 / (n + 1)) * (size - scale);
        n++;
        if (scale > 0) {
            lose(errors, scale);
        }
    }

    private static double mean(double[] errors) {
        double sum = 0;
        int count = 0;
        for (double e : errors) {
            if (!Double.isNaN(e)) {
                sum += Math.abs(e);
                count++;
            }
        }
        return sum / count;
    }

    private void lose(double[] errors, double scale) {
        double kept = 0;
        double awake = 0;
        for (int k = 0; k < weights.length; k++) {
            if (!Double.isNaN(errors[k])) {
                awake += weights[k];
                weights[k] *= StrictMath.exp(-pace.eta * Math.min(MOST, Math.abs(errors[k]) / scale));
                kept += weights[k];
            }
        }
        double average = awake > 0 ? kept / awake : 1;
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] *= Double.isNaN(errors[k]) ? average : 1;
            sum += weights[k];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (1 - pace.share) * weights[k] / sum + pace.share / weights.length;
        }
    }

    /** Writes the weights as they are now. */
    void weights(double[] to, int at) {
        System.arraycopy(weights, 0, to, at, weights.length);
    }
}
