package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Smoothing;

/**
 * What the experts know before they have seen a key: how {@link Model#weights} is laid out, and its first values.
 *
 * <pre>
 *   floats, per kind of horizon group ({1}, {2..H/2}, {H/2+1..H}):
 *   0  weight of persistence
 *   1  weight of the seasonal naive
 *   2  weight of exponential smoothing
 *   3  width: mean absolute error as a share of the first value's size (of ln y: as it is)
 *   4  nine offsets of the standardised error, ascending
 * </pre>
 *
 * The weights of a group sum to one. The seasonal naive's share goes to smoothing while no whole season has been seen.
 */
final class Prior {
    static final int PERSISTENCE = 0;
    static final int SEASONAL_NAIVE = 1;
    static final int SMOOTHING = 2;
    static final int EXPERTS = 3;
    static final int WIDTH = 3;
    static final int OFFSETS = 4;
    static final int GROUP_SIZE = OFFSETS + Grid.SIZE;
    static final int SIZE = Horizons.KINDS * GROUP_SIZE;

    /** A normal error over its mean absolute value, its tails widened as those of small samples are. */
    private static final float[] SYMMETRIC = {-3.4f, -2.2f, -1.65f, -.85f, 0, .85f, 1.65f, 2.2f, 3.4f};

    /** Up to this many steps a season is short: a week of days, a year of months. Beyond, steps are fine-grained. */
    private static final int SHORT = 12;

    /** Without a season, with a short one, with a long one: what fits sales by day and loads by hour best, measured. */
    private static final float[][][] MIXES = {
        {{.5f, 0, .5f}, {.4f, 0, .6f}, {.4f, 0, .6f}},
        {{.05f, .1f, .85f}, {0, .2f, .8f}, {0, .2f, .8f}},
        {{.05f, .05f, .9f}, {0, .4f, .6f}, {0, .4f, .6f}}
    };

    private static final Smoothing.Pace[] PACES = {
        new Smoothing.Pace(.1, .6, .9, 0), new Smoothing.Pace(.08, .13, .8, .08), new Smoothing.Pace(.02, .7, .95, .1)
    };
    /** Fine-grained steps are easy one ahead and hard far ahead. */
    private static final float[][] AMOUNT_WIDTHS = {{.6f, .7f, .8f}, {.6f, .7f, .8f}, {.5f, 1.5f, 1.8f}};

    private static final float[][] LOG_WIDTHS = {{.3f, .4f, .5f}, {.3f, .4f, .5f}, {.2f, .4f, .5f}};
    /** A market's usual move in a step, as it enters S(h) = m √h; only the first counts. */
    private static final float[] PRICE_WIDTHS = {.02f, .02f, .02f};

    private Prior() {}

    static float[] first(TargetKind kind, int season) {
        float[] weights = new float[SIZE];
        for (int k = 0; k < Horizons.KINDS; k++) {
            int at = k * GROUP_SIZE;
            if (kind == TargetKind.PRICE) {
                weights[at + PERSISTENCE] = 1;
            } else {
                System.arraycopy(MIXES[grain(season)][k], 0, weights, at, EXPERTS);
            }
            weights[at + WIDTH] = widths(kind, grain(season))[k];
            System.arraycopy(SYMMETRIC, 0, weights, at + OFFSETS, Grid.SIZE);
        }
        return weights;
    }

    /** How quickly smoothing follows. */
    static Smoothing.Pace pace(int season) {
        return PACES[grain(season)];
    }

    private static int grain(int season) {
        return season <= 1 ? 0 : season <= SHORT ? 1 : 2;
    }

    private static float[] widths(TargetKind kind, int grain) {
        return switch (kind) {
            case PRICE -> PRICE_WIDTHS;
            case POSITIVE -> LOG_WIDTHS[grain];
            case COUNT, NONNEG, REAL -> AMOUNT_WIDTHS[grain];
        };
    }
}
