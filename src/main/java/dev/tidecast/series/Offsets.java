package dev.tidecast.series;

/**
 * Where the nine quantiles of the standardised error r = (z - location) / spread lie, tracked one observation at a time,
 * per horizon group (quantile tracking, the calibration of the intervals):
 *
 * <pre>
 *   m[level] += step (level - [r &lt; m[level]])      then sorted      share: 1, quartiles ½, median 1/5;
 *                                                       one step ahead .05 and .95 1½, .01 and .99 3
 *   step = share max(.03 / R, .15 / √(n + 1), min(.03, .075 √R / √(n + 1)))            n errors before, R steps ahead
 * </pre>
 *
 * Where persistence is the ceiling (a market price) the median stays with the location and only the widths are learned:
 * offsets below it stay at or below 0, those above at or above.
 *
 * <p>Layout, floats: [9 offsets of group 0][9 of group 1] ...
 */
public final class Offsets {
    private static final double STEP = .03;
    private static final double FIRST_STEP = .15;
    /**
     * The errors of far steps overlap: a quick median would wander after them and cost the point forecast. One step
     * ahead they do not, and tails are met so seldom that at the pace of the rest they would stay for years where a prior put them.
     */
    private static final double[] SHARE = {1, 1, 1, .5, .2, .5, 1, 1, 1};

    /** One step ahead. */
    private static final double[] NEXT_SHARE = {3, 1.5, 1, .5, .2, .5, 1, 1.5, 3};

    private final int at;
    private final Horizons horizons;
    private final boolean centred;

    /** Numbers from place `at`; centred: the median stays 0. */
    public Offsets(int at, Horizons horizons, boolean centred) {
        this.at = at;
        this.horizons = horizons;
        this.centred = centred;
    }

    public static int size(Horizons horizons) {
        return horizons.groups() * Grid.SIZE;
    }

    /** Starts a group from nine prior offsets at a place in `prior`. */
    public void begin(float[] s, int group, float[] prior, int priorAt) {
        System.arraycopy(prior, priorAt, s, at + group * Grid.SIZE, Grid.SIZE);
    }

    /** The offset of a level at step h. */
    public double at(float[] s, int h, int level) {
        int group = horizons.toward(h);
        double own = s[at + group * Grid.SIZE + level];
        if (group == 0) {
            return own;
        }
        double before = s[at + (group - 1) * Grid.SIZE + level];
        return before + horizons.share(h) * (own - before);
    }

    /** The offsets of all levels at step h. */
    public void read(float[] s, int h, double[] offsets) {
        int group = horizons.toward(h);
        int own = at + group * Grid.SIZE;
        if (group == 0) {
            for (int i = 0; i < Grid.SIZE; i++) {
                offsets[i] = s[own + i];
            }
            return;
        }
        double share = horizons.share(h);
        for (int i = 0; i < Grid.SIZE; i++) {
            double before = s[own - Grid.SIZE + i];
            offsets[i] = before + share * (s[own + i] - before);
        }
    }

    /** How a value came to lie. */
    @FunctionalInterface
    public interface Fate {
        /** Below (negative), on (0) or above where this offset would have put a level. */
        double from(double offset);
    }

    /**
     * Takes in where one value came to lie; n values of the group were seen before. A value right on a level moves it
     * nowhere: whole numbers do that all the time.
     */
    public void learn(float[] s, int group, Fate fate, long n) {
        learn(s, group, fate, n, 1);
    }

    /** The same at a share of the usual pace. */
    public void learn(float[] s, int group, Fate fate, long n, double pace) {
        double step = pace * step(group, n);
        double[] share = share(group);
        int from = at + group * Grid.SIZE;
        for (int i = 0; i < Grid.SIZE; i++) {
            float m = s[from + i];
            double side = fate.from(m);
            if (side != 0) {
                s[from + i] = (float) (m + step * share[i] * (Grid.level(i) - (side < 0 ? 1 : 0)));
            }
        }
        if (centred) {
            centre(s, from);
        }
        sort(s, from);
    }

    /**
     * Takes in a value of which only the least is known: where that came to lie. What was below y moves every level as
     * usual; how likely the value lies between y and a level above it is what the levels themselves say (self-consistency,
     * the redistribution of mass to the right that censored quantiles are fitted by):
     *
     * <pre>
     *   m[level] += step level                            where level &lt;= u          u the chance of less than y
     *   m[level] += step u (1 - level) / (1 - u)          above: level less the chance that it covers the value
     * </pre>
     */
    public void learnAtLeast(float[] s, int group, Fate fate, long n, double pace) {
        double step = pace * step(group, n);
        double[] share = share(group);
        int from = at + group * Grid.SIZE;
        double u = chance(s, from, fate);
        for (int i = 0; i < Grid.SIZE; i++) {
            double level = Grid.level(i);
            double up = level <= u ? level : u * (1 - level) / (1 - u);
            s[from + i] = (float) (s[from + i] + step * share[i] * up);
        }
        if (centred) {
            centre(s, from);
        }
        sort(s, from);
    }

    private double[] share(int group) {
        return horizons.representative(group) == 1 ? NEXT_SHARE : SHARE;
    }

    /**
     * Errors of forecasts R steps ahead overlap R times over: n of them say what n / R would, which asks for √R times the
     * step. Half of it: quicker, levels follow the last R errors, which are one and the same.
     */
    private double step(int group, long n) {
        int r = horizons.representative(group);
        double first = FIRST_STEP / Math.sqrt(n + 1.0);
        return Math.max(Math.max(STEP / r, first), Math.min(STEP, first * Math.sqrt(r) / 2));
    }

    /** How likely the levels hold a value below the one of this fate. */
    private static double chance(float[] s, int from, Fate fate) {
        double before = 0;
        double level = 0;
        for (int i = 0; i < Grid.SIZE; i++) {
            double side = fate.from(s[from + i]);
            if (side <= 0) {
                double share = i == 0 || side == 0 ? 0 : before / (before - side);
                return level + share * (Grid.level(i) - level);
            }
            before = side;
            level = Grid.level(i);
        }
        return level;
    }

    private static void centre(float[] s, int from) {
        for (int i = 0; i < Grid.MEDIAN; i++) {
            s[from + i] = Math.min(0, s[from + i]);
            s[from + Grid.SIZE - 1 - i] = Math.max(0, s[from + Grid.SIZE - 1 - i]);
        }
        s[from + Grid.MEDIAN] = 0;
    }

    private static void sort(float[] s, int from) {
        for (int i = from + 1; i < from + Grid.SIZE; i++) {
            float m = s[i];
            int j = i;
            for (; j > from && s[j - 1] > m; j--) {
                s[j] = s[j - 1];
            }
            s[j] = m;
        }
    }
}
