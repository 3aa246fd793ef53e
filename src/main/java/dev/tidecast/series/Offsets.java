package dev.tidecast.series;

/**
 * Where the nine quantiles of the standardised error r = (z - location) / spread lie, tracked one observation at a time,
 * per horizon group (quantile tracking, the calibration of the intervals):
 *
 * <pre>
 *   m[level] += step (level - [r &lt; m[level]])      then sorted      step = max(.03, .15 / √(n + 1))
 * </pre>
 *
 * <p>Layout, floats: [9 offsets of group 0][9 of group 1] ...
 */
public final class Offsets {
    private static final double STEP = .03;
    private static final double FIRST_STEP = .15;

    private final int at;
    private final Horizons horizons;

    /** Numbers from place `at`. */
    public Offsets(int at, Horizons horizons) {
        this.at = at;
        this.horizons = horizons;
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
        int group = horizons.group(h);
        double own = s[at + group * Grid.SIZE + level];
        if (group == 0) {
            return own;
        }
        double before = s[at + (group - 1) * Grid.SIZE + level];
        return before + horizons.share(h) * (own - before);
    }

    /** Takes in one standardised error; n errors of the group were seen before. */
    public void learn(float[] s, int group, double r, long n) {
        double step = Math.max(STEP, FIRST_STEP / Math.sqrt(n + 1.0));
        int from = at + group * Grid.SIZE;
        for (int i = 0; i < Grid.SIZE; i++) {
            float m = s[from + i];
            s[from + i] = (float) (m + step * (Grid.level(i) - (r < m ? 1 : 0)));
        }
        sort(s, from);
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
