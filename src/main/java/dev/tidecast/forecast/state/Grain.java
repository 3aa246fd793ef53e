package dev.tidecast.forecast.state;

import dev.tidecast.series.Smoothing;

/** How fine the steps of a pipeline are, as its shortest season says. */
public enum Grain {
    /** There is no season. */
    NONE(new Smoothing.Pace(.1, .6, .9, 0)),
    /** A week of days, a year of months. */
    COARSE(new Smoothing.Pace(.08, .13, .8, .08)),
    /** A day of hours or less. */
    FINE(new Smoothing.Pace(.02, .7, .95, .1));

    /** Up to this many steps a season is that of coarse steps. */
    private static final int SHORT = 12;

    /** How quickly smoothing follows. */
    final Smoothing.Pace pace;

    Grain(Smoothing.Pace pace) {
        this.pace = pace;
    }

    public static Grain of(int season) {
        return season <= 1 ? NONE : season <= SHORT ? COARSE : FINE;
    }
}
