package dev.tidecast.series;

/**
 * The steps ahead in their groups {1}, {2..H/2}, {H/2+1..H}. Each group is judged at its last step, its representative;
 * what is learned there holds exactly at that step, and in between it is blended along the logarithm of the step:
 *
 * <pre>
 *   share(h) = ln (h / a) / ln (b / a)     a, b: the representatives on both sides of h
 * </pre>
 *
 * A short horizon has fewer groups: the present ones are numbered 0, 1, ... and {@link #kind} tells which of the three
 * each is.
 */
public final class Horizons {
    /** How many kinds of group there are. */
    public static final int KINDS = 3;

    private final int[] representatives;
    private final int[] kinds;
    private final int[] groups;
    private final double[] shares;

    public Horizons(int horizon) {
        int half = horizon / 2;
        if (horizon == 1) {
            representatives = new int[] {1};
            kinds = new int[] {0};
        } else if (half < 2) {
            representatives = new int[] {1, horizon};
            kinds = new int[] {0, 2};
        } else {
            representatives = new int[] {1, half, horizon};
            kinds = new int[] {0, 1, 2};
        }
        groups = new int[horizon];
        shares = new double[horizon];
        for (int h = 1; h <= horizon; h++) {
            int group = 0;
            while (representatives[group] < h) {
                group++;
            }
            groups[h - 1] = group;
            shares[h - 1] = group == 0 ? 1 : share(h, representatives[group - 1], representatives[group]);
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

    /** The step at which a group is judged: its last. */
    public int representative(int group) {
        return representatives[group];
    }

    /** Which of the three groups a present one is: 0, 1 or 2. */
    public int kind(int group) {
        return kinds[group];
    }

    /** The group of step h (from 1). */
    public int group(int h) {
        return groups[h - 1];
    }

    /** How much of step h is its own group's; the rest is the group's before it. */
    public double share(int h) {
        return shares[h - 1];
    }
}
