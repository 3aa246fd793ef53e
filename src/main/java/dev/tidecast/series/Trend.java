package dev.tidecast.series;

/**
 * Exponential smoothing with a damped trend (Gardner and McKenzie 1985) whose pace follows the series (Trigg and Leach 1967): errors
 * that keep their sign speed it up, errors that alternate slow it down; O(1) a step:
 *
 * <pre>
 *   step h expects l + (φ + φ² + ... + φ^h) b        e = z - (l + φ b), within ± 5 times the spread
 *   l += φ b + a e        b = φ b + β a e             a = |E| / M within .1 .. .9, in the first steps ½
 *   E += γ (e - E)        M += γ (|e| - M)
 * </pre>
 *
 * <p>Layout, floats: [level l][trend b][mean error E][mean size M]
 */
final class Trend implements Smoothing {
    static final int SIZE = 4;
    private static final double DAMPING = .9;
    private static final double TREND = .2;
    private static final double SIGNAL = .25;
    private static final double FIRST_PACE = .5;
    private static final double LEAST_PACE = .1;
    private static final double MOST_PACE = .9;
    private static final double CLIP = 5;
    private static final int YOUNG = 4;
    private static final int CLIP_AFTER = 10;
    private static final int SLOPE = 1;
    private static final int ERROR = 2;
    private static final int ABSOLUTE = 3;

    private final int at;
    /** φ + φ² + ... + φ^h. */
    private final double[] reach;

    /** Numbers from place `at`. */
    Trend(int at, int horizon) {
        this.at = at;
        reach = new double[horizon + 1];
        double power = 1;
        for (int h = 1; h <= horizon; h++) {
            power *= DAMPING;
            reach[h] = reach[h - 1] + power;
        }
    }

    @Override
    public void begin(float[] s, double z) {
        s[at] = (float) z;
        s[at + SLOPE] = 0;
        s[at + ERROR] = 0;
        s[at + ABSOLUTE] = 0;
    }

    @Override
    public double expected(float[] s, int h, int slot) {
        return s[at] + reach[h] * s[at + SLOPE];
    }

    @Override
    public void step(float[] s, int slot, double z, long n, double spread) {
        double e = z - expected(s, 1, slot);
        if (n >= CLIP_AFTER) {
            e = Math.max(-CLIP * spread, Math.min(CLIP * spread, e));
        }
        s[at + ERROR] += (float) (SIGNAL * (e - s[at + ERROR]));
        s[at + ABSOLUTE] += (float) (SIGNAL * (Math.abs(e) - s[at + ABSOLUTE]));
        double signal = Math.abs(s[at + ERROR]) / Math.max(s[at + ABSOLUTE], Float.MIN_NORMAL);
        double pace = n < YOUNG ? FIRST_PACE : Math.max(LEAST_PACE, Math.min(MOST_PACE, signal));
        double damped = DAMPING * s[at + SLOPE];
        s[at] = (float) (s[at] + damped + pace * e);
        s[at + SLOPE] = (float) (damped + TREND * pace * e);
    }
}
