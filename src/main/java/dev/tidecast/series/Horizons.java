package dev.tidecast.series;

/**
 * The steps ahead in their groups {1}, {2..H/2}, {H/2+1..H}. Each group is judged at its middle step, its representative;
 * what is learned there holds exactly at that step, and in between it is blended along the logarithm of the step:
 *
 * <pre>
 *   share(h) = ln (h / a) / ln (b / a)     a, b: the representatives on both sides of h; 1 from the last one on
 * </pre>
 *
 * A short horizon has fewer groups: the present ones are numbered 0, 1, ... and {@link #kind} tells which of the three
 * each is.
 */
public final class Horizons {
    /** How many kinds of group there are. */
    public static final int KINDS = 3;

    private final int[] lasts;
    private final int[] representatives;
    private final int[] kinds;
    private final int[] groups;
    private final int[] towards;
    private final double[] shares;

    public Horizons(int horizon) {
        int half = horizon / 2;
        if (horizon == 1) {
            lasts = new int[] {1};
            kinds = new int[] {0};
        } else if (half < 2) {
            lasts = new int[] {1, horizon};
            kinds = new int[] {0, 2};
        } else {
            lasts = new int[] {1, half, horizon};
            kinds = new int[] {0, 1, 2};
        }
        representatives = new int[lasts.length];
        for (int g = 0; g < lasts.length; g++) {
            int first = g == 0 ? 1 : lasts[g - 1] + 1;
            representatives[g] = (first + lasts[g] + 1) / 2;
        }
        groups = new int[horizon];
        towards = new int[horizon];
        shares = new double[horizon];
        for (int h = 1; h <= horizon; h++) {
            while (lasts[groups[h - 1]] < h) {
                groups[h - 1]++;
            }
            int toward = groups[h - 1];
            while (toward < lasts.length - 1 && representatives[toward] < h) {
                toward++;
            }
            towards[h - 1] = toward;
            shares[h - 1] =
                    toward == 0 ? 1 : Math.min(1, share(h, representatives[toward - 1], representatives[toward]));
        }
    }

    private static double share(int h, int a, int b) {
        return StrictMath.log((double) h / a) / StrictMath.log((double) b / a);
    }

    public int horizon() {
        return groups.length;
    }

    /** How many groups are present. */
    public int groups() {
        return representatives.length;
    }

    /** The step at which a group is judged: its middle. */
    public int representative(int group) {
        return representatives[group];
    }

    /** Which of the three groups a present one is: 0, 1 or 2. */
    public int kind(int group) {
        return kinds[group];
    }

    /** The last step of a group. */
    public int last(int group) {
        return lasts[group];
    }

    /** The group whose representative is the next at or after step h; the last one where there is none. */
    public int toward(int h) {
        return towards[h - 1];
    }

    /** The group of step h (from 1). */
    public int group(int h) {
        return groups[h - 1];
    }

    /** How much of step h is like the group it goes toward; the rest is like the group before that. */
    public double share(int h) {
        return shares[h - 1];
    }
}
