package dev.tidecast.series;

/**
 * How far values usually lie from what was expected: one mean absolute error per horizon group, and one factor per
 * season slot that all groups share.
 *
 * <pre>
 *   S(group, slot) = (½ + ½ v[slot]) max(m[0..group])        within a group blended along ln h
 *   m[group] += max(rate, 1 / (n + 4)) (min(|e|, 20 m) - m)  n errors of the group seen before
 *   v[slot]  += .1 (min(|e| / m, 6) - v)                     the mean over the groups that matured
 *
 *   PRICE    S(h, slot) = (½ + ½ v[slot]) m[0] √h            random-walk growth from one volatility
 * </pre>
 *
 * While no forecast of a group matures (at first, and after a gap), its m moves in proportion with the first group's.
 *
 * <p>Layout, floats: [m of group 0] ... [m of the last group][v of slot 0] ... ; without a season no slots.
 */
public final class Spread {
    private static final double SLOT_RATE = .1;
    private static final double CLIP = 20;
    private static final double SLOT_CLIP = 6;
    private static final double LEAST_SLOT = .1;
    private static final int PRIOR_WORTH = 4;

    private final int at;
    private final int season;
    private final Horizons horizons;
    private final boolean walks;
    private final double rate;

    /** Numbers from place `at`; walks: widths grow as those of a random walk. */
    public Spread(int at, int season, Horizons horizons, boolean walks, double rate) {
        this.at = at;
        this.season = season;
        this.horizons = horizons;
        this.walks = walks;
        this.rate = rate;
    }

    public static int size(int season, Horizons horizons) {
        return horizons.groups() + (season > 1 ? season : 0);
    }

    /** Starts from a prior width per group. */
    public void begin(float[] s, double[] widths) {
        int groups = horizons.groups();
        for (int g = 0; g < groups; g++) {
            s[at + g] = (float) widths[g];
        }
        for (int i = 0; season > 1 && i < season; i++) {
            s[at + groups + i] = 1;
        }
    }

    /** The spread of one step ahead, whatever the slot. */
    public double first(float[] s) {
        return s[at];
    }

    /** The mean absolute error of a group as it was tracked; of a random walk, that of one step. */
    public double own(float[] s, int group) {
        return s[at + (walks ? 0 : group)];
    }

    /** The spread of step h, which falls into a slot. */
    public double at(float[] s, int h, int slot) {
        return base(s, h) * slotFactor(s, slot);
    }

    private double base(float[] s, int h) {
        if (walks) {
            return s[at] * Math.sqrt(h);
        }
        int group = horizons.toward(h);
        double before = s[at];
        for (int g = 1; g < group; g++) {
            before = Math.max(before, s[at + g]);
        }
        double own = Math.max(before, s[at + group]);
        return before + horizons.share(h) * (own - before);
    }

    private double slotFactor(float[] s, int slot) {
        return season > 1 ? .5 + .5 * s[at + horizons.groups() + slot] : 1;
    }

    /**
     * Takes in the errors of one step, one per group, NaN where none matured.
     *
     * @param closed steps before this one
     * @param least no width falls below it
     */
    public void learn(float[] s, int slot, double[] errors, long closed, double least) {
        double relative = 0;
        int matured = 0;
        double ratioBase = s[at];
        for (int g = 0; g < horizons.groups(); g++) {
            double size = Math.abs(errors[g]);
            if (Double.isNaN(size)) {
                s[at + g] = (float) (s[at + g] * (s[at] / Math.max(ratioBase, Float.MIN_NORMAL)));
                continue;
            }
            int h = horizons.representative(g);
            double m = walks ? s[at] * Math.sqrt(h) : s[at + g];
            relative += Math.min(size / m, SLOT_CLIP);
            matured++;
            if (g == 0 || !walks) {
                double pace = Math.max(rate, 1.0 / (Math.max(0, closed - h) + PRIOR_WORTH));
                s[at + g] = (float) Math.max(least, m + pace * (Math.min(size, CLIP * m) - m));
            }
        }
        if (season > 1 && matured > 0) {
            int place = at + horizons.groups() + slot;
            double v = s[place] + SLOT_RATE * (relative / matured - s[place]);
            s[place] = (float) Math.max(LEAST_SLOT, v);
        }
    }
}
