package dev.tidecast.series;

/**
 * Exponential smoothing with a damped trend (Gardner and McKenzie 1985); O(1) a step:
 *
 * <pre>
 *   step h expects l + (φ + φ² + ... + φ^h) b        e = z - (l + φ b), from the tenth step on within ± 5 spreads
 *   l += φ b + a e        b = φ b + β a e            φ = .9, a = .7, β = .2
 * </pre>
 *
 * <p>Layout, floats: [level l][trend b]
 */
final class Trend implements Smoothing {
    static final int SIZE = 2;
    private static final double DAMPING = .9;
    private static final double PACE = .7;
    private static final double TREND_PACE = .2 * PACE;
    private static final double CLIP = 5;
    private static final int CLIP_AFTER = 10;

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
        s[at + 1] = 0;
    }

    @Override
    public double expected(float[] s, int h, int slot) {
        return s[at] + reach[h] * s[at + 1];
    }

    @Override
    public void step(float[] s, int slot, double z, long n, double spread) {
        double e = z - expected(s, 1, slot);
        if (n >= CLIP_AFTER) {
            e = Math.max(-CLIP * spread, Math.min(CLIP * spread, e));
        }
        double damped = DAMPING * s[at + 1];
        s[at] = (float) (s[at] + damped + PACE * e);
        s[at + 1] = (float) (damped + TREND_PACE * e);
    }
}
