package dev.tidecast.series;

/**
 * The expert that smooths: {@link SeasonalSmoothing} where there is a season, and of amounts; {@link Trend} of plain numbers and
 * ratios without one. Numbers lie in the floats of a key's state.
 */
public sealed interface Smoothing permits SeasonalSmoothing, Trend {
    /** How quickly a level, a deviation from it and its season follow, and what of the deviation a step leaves. */
    record Pace(double level, double deviation, double decay, double season) {}

    /** Numbers from place `at`; a season of 1 is none. */
    static Smoothing of(int at, int season, boolean multiplies, Pace pace, int horizon) {
        return season > 1 || multiplies
                ? new SeasonalSmoothing(at, season, multiplies, pace, horizon)
                : new Trend(at, horizon);
    }

    static int size(int season, boolean multiplies) {
        return season > 1 || multiplies ? SeasonalSmoothing.size(season) : Trend.SIZE;
    }

    void begin(float[] s, double z);

    /** What it expects of step h, which falls into a slot of the season. */
    double expected(float[] s, int h, int slot);

    /** Takes in one value; n is the number of steps before it. */
    void step(float[] s, int slot, double z, long n, double spread);
}
