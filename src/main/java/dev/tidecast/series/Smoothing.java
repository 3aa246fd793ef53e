package dev.tidecast.series;

import java.util.Arrays;

/**
 * Exponential smoothing of a level l and one factor f per season slot, O(1) a step:
 *
 * <pre>
 *   additive          e = z - (l + f)      l += a e                      f += g (1 - a) e
 *   multiplicative    e = z - l f          l += a e 1.25 f / (f² + .25)  f += g (l / (l + s)) e / l
 *
 *   a = max(rate, 1 / (n + 1))   g = max(seasonRate, 1 / (seasons + 2))   n steps seen before, e within ± 5 s, s the spread
 * </pre>
 *
 * Multiplicative levels stay at or above 0 and factors between .02 and 20; the weight of a slot in the level is damped
 * where its factor is small (a quiet hour says little about the level), the factor learns less where noise is large
 * beside the level (an intermittent series would learn its noise as season).
 *
 * <p>Layout, floats: [level][factor of slot 0] ... [factor of slot season - 1]; without a season no factors.
 */
public final class Smoothing {
    private static final double CLIP = 5;
    private static final int CLIP_AFTER = 10;
    private static final double LEAST_FACTOR = .02;
    private static final double MOST_FACTOR = 20;

    private final int at;
    private final int season;
    private final boolean multiplies;
    private final double rate;
    private final double seasonRate;

    /** Numbers from place `at`; a season of 1 is none. */
    public Smoothing(int at, int season, boolean multiplies, double rate, double seasonRate) {
        this.at = at;
        this.season = season;
        this.multiplies = multiplies;
        this.rate = rate;
        this.seasonRate = seasonRate;
    }

    public static int size(int season) {
        return season > 1 ? 1 + season : 1;
    }

    public void begin(float[] s, double z) {
        s[at] = (float) z;
        if (season > 1) {
            Arrays.fill(s, at + 1, at + 1 + season, multiplies ? 1 : 0);
        }
    }

    public double level(float[] s) {
        return s[at];
    }

    /** What it expects in a slot of the season, however far ahead. */
    public double expected(float[] s, int slot) {
        if (season <= 1) {
            return s[at];
        }
        return multiplies ? (double) s[at] * s[at + 1 + slot] : (double) s[at] + s[at + 1 + slot];
    }

    /** Takes in one value; n is the number of steps before it. */
    public void step(float[] s, int slot, double z, long n, double spread) {
        double e = z - expected(s, slot);
        if (n >= CLIP_AFTER) {
            e = Math.max(-CLIP * spread, Math.min(CLIP * spread, e));
        }
        double a = Math.max(rate, 1.0 / (n + 1));
        if (season <= 1) {
            s[at] = (float) (s[at] + a * e);
        } else {
            double g = Math.max(seasonRate, 1.0 / (n / season + 2));
            if (multiplies) {
                multiply(s, at + 1 + slot, e, a, g / (s[at] + spread));
            } else {
                s[at] = (float) (s[at] + a * e);
                s[at + 1 + slot] = (float) (s[at + 1 + slot] + g * (1 - a) * e);
            }
        }
        if (multiplies) {
            s[at] = Math.max(0, s[at]);
        }
    }

    private void multiply(float[] s, int factorAt, double e, double a, double g) {
        double f = s[factorAt];
        double factor = f + (s[at] > 0 ? g * e : 0);
        s[at] = (float) (s[at] + a * e * 1.25 * f / (f * f + .25));
        s[factorAt] = (float) Math.max(LEAST_FACTOR, Math.min(MOST_FACTOR, factor));
    }
}
