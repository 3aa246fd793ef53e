package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;

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

    private static final float[][] SEASONAL_MIX = {{.15f, .15f, .7f}, {.05f, .25f, .7f}, {.05f, .25f, .7f}};
    private static final float[][] PLAIN_MIX = {{.3f, 0, .7f}, {.2f, 0, .8f}, {.1f, 0, .9f}};
    private static final float[] AMOUNT_WIDTHS = {.6f, .7f, .8f};
    private static final float[] LOG_WIDTHS = {.3f, .4f, .5f};
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
                System.arraycopy(season > 1 ? SEASONAL_MIX[k] : PLAIN_MIX[k], 0, weights, at, EXPERTS);
            }
            weights[at + WIDTH] = widths(kind)[k];
            System.arraycopy(SYMMETRIC, 0, weights, at + OFFSETS, Grid.SIZE);
        }
        return weights;
    }

    private static float[] widths(TargetKind kind) {
        return switch (kind) {
            case PRICE -> PRICE_WIDTHS;
            case POSITIVE -> LOG_WIDTHS;
            case COUNT, NONNEG, REAL -> AMOUNT_WIDTHS;
        };
    }
}
