package dev.tidecast.series;

import java.util.Arrays;

/**
 * How far each expert is trusted, per horizon group: by the mean absolute error of its matured forecasts, raised to a power.
 *
 * <pre>
 *   E[k] += pace (min(|e[k]|, 8 m) - E[k])
 *   pace  = max(.02 / √R, 1 / (n + 12), min(.02, 4 / (n + 48)))       n errors of the group seen before, R steps ahead
 *   or, of squares: E[k]² += ... (e[k]² - E[k]²)
 *   weight[k] = prior[k] (m / E[k])^p, over their sum                  m = the least E, p = 4, 8 or 0 (the prior as it is)
 * </pre>
 *
 * The prior holds for good: it keeps a crowd of simple experts from outvoting a good one. Each E begins at a width of its
 * own, which the errors replace. An expert that has no forecast has no weight; its E keeps its distance from the least, so
 * that it stands where it began when it has one.
 *
 * <p>Layout, floats: [E of expert 0 .. of the last, group 0][... group 1] ...
 */
public final class Mixing {
    private static final double RATE = .02;
    private static final int PRIOR_WORTH = 12;
    private static final double CLIP = 8;

    private final int at;
    private final int experts;
    private final boolean squares;
    private final Horizons horizons;

    /** Numbers from place `at`; squares: E is the root of the mean squared error. */
    public Mixing(int at, int experts, Horizons horizons, boolean squares) {
        this.at = at;
        this.squares = squares;
        this.experts = experts;
        this.horizons = horizons;
    }

    public static int size(int experts, Horizons horizons) {
        return experts * horizons.groups();
    }

    /** Starts a group from a width, times a share per expert; the shares lie from a place on. */
    public void begin(float[] s, int group, double width, float[] shares, int sharesAt) {
        for (int k = 0; k < experts; k++) {
            s[at + group * experts + k] = (float) (width * shares[sharesAt + k]);
        }
    }

    /** The error that an expert is taken to make in a group. */
    public double error(float[] s, int group, int expert) {
        return s[at + group * experts + expert];
    }

    /** Takes in the errors of one group, NaN for an expert that had no forecast. */
    public void learn(float[] s, int group, double[] errors, long n) {
        int from = at + group * experts;
        double before = least(s, from, errors);
        double rate = RATE / Math.sqrt(horizons.representative(group));
        double first = 1.0 / (n + PRIOR_WORTH);
        double pace = Math.max(Math.max(rate, first), Math.min(RATE, 4.0 / (n + 4 * PRIOR_WORTH)));
        for (int k = 0; k < experts; k++) {
            double size = Math.abs(errors[k]);
            if (!Double.isNaN(size)) {
                s[from + k] = moved(s[from + k], Math.min(size, CLIP * before), pace);
            }
        }
        double change = least(s, from, errors) / before;
        for (int k = 0; k < experts; k++) {
            if (Double.isNaN(errors[k])) {
                s[from + k] *= (float) change;
            }
        }
    }

    private float moved(float e, double size, double pace) {
        if (squares) {
            return (float) Math.sqrt((double) e * e + pace * (size * size - (double) e * e));
        }
        return (float) (e + pace * (size - e));
    }

    /**
     * What is known before any error.
     *
     * @param prior one weight per expert for each group, from place 0
     * @param squarings how often the ratio of errors is squared: 2 for the fourth power, 0 for a mix that stays at the prior
     */
    public record Trust(double[] prior, int squarings) {}

    /** What the experts are worth in a state: {@link Ballot#begin} says when it is read. */
    public Ballot ballot(float[] s) {
        return new Ballot(s);
    }

    /**
     * The weights of many steps of one state. What an expert is worth depends on the group and on who has a forecast, not on
     * the step: it is worked out once.
     */
    public final class Ballot {
        private static final int UNKNOWN = -1;

        private final float[] s;
        private Trust trust = new Trust(new double[0], 0);
        private final double[] worth = new double[experts * horizons.groups()];
        private final int[] heard = new int[horizons.groups()];

        private Ballot(float[] s) {
            this.s = s;
        }

        /** Reads the state as it stands now. */
        public void begin(Trust now) {
            trust = now;
            Arrays.fill(heard, UNKNOWN);
        }

        /**
         * The weights of step h, summing to one.
         *
         * @param values the experts' forecasts: NaN where there is none
         */
        public void weights(int h, double[] values, double[] weights) {
            int group = horizons.toward(h);
            double share = group == 0 ? 1 : horizons.share(h);
            int who = who(values);
            int from = worth(group, who);
            if (share == 1) {
                System.arraycopy(worth, from, weights, 0, experts);
                return;
            }
            int before = worth(group - 1, who);
            for (int k = 0; k < experts; k++) {
                weights[k] = share * worth[from + k] + (1 - share) * worth[before + k];
            }
        }

        private int who(double[] values) {
            int who = 0;
            for (int k = 0; k < experts; k++) {
                who |= Double.isNaN(values[k]) ? 0 : 1 << k;
            }
            return who;
        }

        /** Where the worths in a group lie, given who is heard. */
        private int worth(int group, int who) {
            if (heard[group] != who) {
                weigh(group, who);
            }
            return group * experts;
        }

        private void weigh(int group, int who) {
            int from = group * experts;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < experts; k++) {
                least = (who >> k & 1) == 0 ? least : Math.min(least, s[at + from + k]);
            }
            least = Math.max(least, Float.MIN_NORMAL);
            double sum = 0;
            for (int k = 0; k < experts; k++) {
                worth[from + k] = (who >> k & 1) == 0 ? 0 : weight(s[at + from + k], least, trust, from + k);
                sum += worth[from + k];
            }
            for (int k = 0; k < experts; k++) {
                worth[from + k] /= sum;
            }
            heard[group] = who;
        }
    }

    private static double weight(float error, double least, Trust trust, int place) {
        double ratio = error > 0 ? least / error : 1;
        for (int i = 0; i < trust.squarings; i++) {
            ratio *= ratio;
        }
        return trust.prior[place] * (trust.squarings == 0 ? 1 : ratio);
    }

    private double least(float[] s, int from, double[] values) {
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < experts; k++) {
            least = Double.isNaN(values[k]) ? least : Math.min(least, s[from + k]);
        }
        return Math.max(least, Float.MIN_NORMAL);
    }
}
