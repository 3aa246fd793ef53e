package dev.tidecast.series;

/**
 * Where a series has been lately and how far it moves, so that series of any size look alike to a network; O(1) a step:
 *
 * <pre>
 *   x = (z - level) / scale
 *   level += max(2 / (M + 1), 1 / (n + 1)) (z - level)          n steps seen before, M the memory in steps
 *   scale += max(1 / M, 1 / (n + 4)) (1.25 |z - level| - scale)            from the tenth step on 1.25 |z - level| within 12 scale
 *   rough[k] likewise from |z - z of k seasons back|             k = 0: from one step to the next
 *
 *   PRICE: level = z, scale from |z - z one step before|
 * </pre>
 *
 * The scale counts as no less than a share of the level, so a key a thousand times larger gives the same x, one that was
 * all zeros and sells for the first time included.
 *
 * <p>Layout, floats: [level][scale][rough 0] ... [rough of the last season]
 */
public final class Normaliser {
    private static final double TO_DEVIATION = 1.25;
    private static final int PRIOR_WORTH = 4;
    private static final double CLIP = 12;
    private static final int CLIP_AFTER = 10;
    private static final int LEVEL = 0;
    private static final int SCALE = 1;
    private static final int ROUGH = 2;

    /**
     * How a kind of target is looked at.
     *
     * @param walks whether only the moves count, as with prices
     * @param leastShare the least scale as a share of the level's size
     * @param least the least scale of all
     */
    public record Manner(boolean walks, double leastShare, double least) {
        /** Values are taken as they are: level 0, scale 1. */
        public static final Manner NONE = new Manner(false, 0, 1);
    }

    private final int at;
    private final int memory;
    private final int roughs;
    private final Manner manner;

    /** Numbers from place `at`. */
    public Normaliser(int at, int memory, int seasons, Manner manner) {
        this.at = at;
        this.memory = memory;
        this.roughs = 1 + seasons;
        this.manner = manner;
    }

    public static int size(int seasons) {
        return ROUGH + 1 + seasons;
    }

    public void begin(float[] s, double z, double scale) {
        boolean measures = manner != Manner.NONE;
        s[at + LEVEL] = measures ? (float) z : 0;
        s[at + SCALE] = measures ? (float) scale : 1;
        for (int k = 0; k < roughs; k++) {
            s[at + ROUGH + k] = (float) scale;
        }
    }

    public double level(float[] s) {
        return s[at + LEVEL];
    }

    /** Whether anything but zeros has been seen; what moves by nothing has no scale. */
    public boolean sized(float[] s) {
        return s[at + SCALE] > 0;
    }

    /** Never 0. */
    public double scale(float[] s) {
        double floor = Math.max(manner.least, manner.leastShare * Math.abs(s[at + LEVEL]));
        double scale = Math.max(floor, s[at + SCALE]);
        return scale > 0 ? scale : 1;
    }

    /** How far values lie from those one step (k = 0) or one season (k = 1, 2 ...) before, over the scale. */
    public double rough(float[] s, int k) {
        return s[at + ROUGH + k] / scale(s);
    }

    public int roughs() {
        return roughs;
    }

    /**
     * Takes in one value.
     *
     * @param before what stood one step and whole seasons before, NaN where nothing did
     * @param n steps seen before it
     */
    public void step(float[] s, double z, double[] before, long n) {
        if (manner == Manner.NONE) {
            return;
        }
        double most = n >= CLIP_AFTER && sized(s) ? CLIP * scale(s) : Double.POSITIVE_INFINITY;
        double pace = Math.max(1.0 / memory, 1.0 / (n + PRIOR_WORTH));
        double move = z - (manner.walks && !Double.isNaN(before[0]) ? before[0] : s[at + LEVEL]);
        s[at + SCALE] += (float) (pace * (bounded(move, most) - s[at + SCALE]));
        for (int k = 0; k < roughs; k++) {
            if (!Double.isNaN(before[k])) {
                s[at + ROUGH + k] += (float) (pace * (bounded(z - before[k], most) - s[at + ROUGH + k]));
            }
        }
        s[at + LEVEL] += (float) (follow(n) * (z - s[at + LEVEL]));
    }

    /** A step whose value is known to lie above what was expected, and nothing else of it. */
    public void raise(float[] s, double by, long n) {
        if (manner != Manner.NONE) {
            s[at + LEVEL] += (float) (follow(n) * by);
        }
    }

    private double follow(long n) {
        return manner.walks ? 1 : Math.max(2.0 / (memory + 1), 1.0 / (n + 1));
    }

    private static double bounded(double move, double most) {
        return Math.min(TO_DEVIATION * Math.abs(move), most);
    }
}
