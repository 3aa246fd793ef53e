package dev.tidecast.series;

import java.util.Arrays;

/**
 * Exponential smoothing of a level l, a deviation d from it that dies away, and one factor f per season slot; O(1) a
 * step:
 *
 * <pre>
 *   additive        step h expects l + φ^h d + f            e = z - (l + φ d + f), u = e
 *   multiplicative  step h expects (l + φ^h d) f            e = z - (l + φ d) f,   u = e 1.25 f / (f² + .25)
 *
 *   l += a (u + w)   d = φ d + b (1 - a) u                  w = φ d 15 / (15 + seasons)
 *   additive f += g (1 - a) (e + w)                         multiplicative f += g (e + w f) / (l + s)
 *
 *   a = max(rate, 1 / (n + 1))   g = max(seasonRate, 1 / (seasons + 2))   n steps seen before, e within ± 5 s from the tenth step on, s the spread
 * </pre>
 *
 * A deviation lets the next steps follow what just happened while the far ones stay with the slow level. While seasons
 * are few, w hands what the deviation has taken on to level and factors, which would else learn only from its surprises.
 *
 * <p>Multiplicative levels stay at or above 0 and factors between .02 and 20; a slot with a small factor moves the level
 * little (a quiet hour says little about it), and the spread in a factor's divisor keeps an intermittent series from
 * learning its noise as season.
 *
 * <p>Layout, floats: [level][deviation][factor of slot 0] ... [factor of slot season - 1]; without a season no factors.
 */
final class SeasonalSmoothing implements Smoothing {
    private static final double CLIP = 5;
    private static final int CLIP_AFTER = 10;
    private static final double LEAST_FACTOR = .02;
    private static final double MOST_FACTOR = 20;
    private static final int FACTORS = 2;
    private static final double YOUNG_SEASONS = 15;

    private final int at;
    private final int season;
    private final boolean multiplies;
    private final Pace pace;
    private final double[] decays;

    /** Numbers from place `at`; a season of 1 is none. */
    SeasonalSmoothing(int at, int season, boolean multiplies, Pace pace, int horizon) {
        this.at = at;
        this.season = season;
        this.multiplies = multiplies;
        this.pace = pace;
        this.decays = new double[horizon + 1];
        decays[0] = 1;
        for (int h = 1; h <= horizon; h++) {
            decays[h] = decays[h - 1] * pace.decay();
        }
    }

    static int size(int season) {
        return FACTORS + (season > 1 ? season : 0);
    }

    @Override
    public void begin(float[] s, double z) {
        s[at] = (float) z;
        s[at + 1] = 0;
        if (season > 1) {
            Arrays.fill(s, at + FACTORS, at + FACTORS + season, multiplies ? 1 : 0);
        }
    }

    @Override
    public double expected(float[] s, int h, int slot) {
        double level = s[at] + decays[h] * s[at + 1];
        if (season <= 1) {
            return level;
        }
        double factor = s[at + FACTORS + slot];
        return multiplies ? Math.max(0, level) * factor : level + factor;
    }

    @Override
    public void step(float[] s, int slot, double z, long n, double spread) {
        double e = z - expected(s, 1, slot);
        if (n >= CLIP_AFTER) {
            e = Math.max(-CLIP * spread, Math.min(CLIP * spread, e));
        }
        double a = Math.max(pace.level(), 1.0 / (n + 1));
        double w = pace.decay() * s[at + 1] * YOUNG_SEASONS / (YOUNG_SEASONS + (double) n / season);
        double u = e;
        if (season > 1) {
            int place = at + FACTORS + slot;
            double f = s[place];
            double g = Math.max(pace.season(), 1.0 / (n / season + 2));
            if (multiplies) {
                u = e * 1.25 * f / (f * f + .25);
                double factor = f + (s[at] > 0 ? g * (e + w * f) / (s[at] + spread) : 0);
                s[place] = (float) Math.max(LEAST_FACTOR, Math.min(MOST_FACTOR, factor));
            } else {
                s[place] = (float) (f + g * (1 - a) * (e + w));
            }
        }
        double level = s[at] + a * (u + w);
        s[at] = (float) (multiplies ? Math.max(0, level) : level);
        s[at + 1] = (float) (pace.decay() * s[at + 1] + (1 - a) * pace.deviation() * u);
    }
}
