package dev.tidecast.forecast.model;

import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Grain;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import java.util.Arrays;

/**
 * What the experts know before they have seen a key: how {@link Model#prior} is laid out, and its first values.
 *
 * <pre>
 *   floats, per kind of horizon group ({1}, {2..H/2}, {H/2+1..H}):
 *   0       one weight per {@link Expert}, in its order: how far it is trusted whatever the errors say
 *   STARTS  where each expert's mean error is taken to be at first, as a share of the width
 *   WIDTH   mean absolute error as a share of the first value's size (of ln y: as it is)
 *   OFFSETS nine offsets of the standardised error, ascending
 *   then, for all groups: SQUARINGS, CALIBRATION; behind them, where something is known in advance, the mean of each
 *   effect and the variance of each ({@code Effects})
 * </pre>
 */
public final class Prior {
    public static final int STARTS = Expert.COUNT;
    public static final int WIDTH = STARTS + Expert.COUNT;
    public static final int OFFSETS = WIDTH + 1;
    public static final int GROUP_SIZE = OFFSETS + Grid.SIZE;
    /** How often a weight's error ratio is squared: 2 makes the fourth power, 0 leaves the mix where the prior has it. */
    public static final int SQUARINGS = Horizons.KINDS * GROUP_SIZE;
    /** The eighth power: what a trained model says instead. */
    public static final int TRAINED_SQUARINGS = 3;
    /** How far calibration follows: 1 as it is, 0 not at all. */
    public static final int CALIBRATION = SQUARINGS + 1;

    public static final int SIZE = CALIBRATION + 1;

    /** A normal error over its mean absolute value, its tails widened as those of small samples are. */
    private static final float[] SYMMETRIC = {-3.4f, -2.2f, -1.65f, -.85f, 0, .85f, 1.65f, 2.2f, 3.4f};

    /** Persistence, seasonal naive and smoothing, by {@link Grain} and kind of horizon group. */
    private static final float[][][] MIXES = {
        {{.5f, 0, .5f}, {.4f, 0, .6f}, {.4f, 0, .6f}},
        {{.05f, .1f, .85f}, {0, .2f, .8f}, {0, .2f, .8f}},
        {{.05f, .05f, .9f}, {0, .4f, .6f}, {0, .4f, .6f}}
    };

    private static final float NETWORK = 1;
    /** Trained weights are trusted six times over at birth: .8 to the eighth power is 1/6 (plain numbers, to the fourth: 2.4 times). */
    private static final float NETWORK_START = .8f;

    private static final float SEASONAL_LEVEL = .2f;
    private static final float INTERMITTENT = .2f;
    private static final float AUTOREGRESSION = 1;

    /** By {@link Grain}. Fine steps are easy one ahead and hard far ahead. */
    private static final float[][] AMOUNT_WIDTHS = {{.6f, .7f, .8f}, {.6f, .7f, .8f}, {.5f, 1.5f, 1.8f}};

    private static final float[][] LOG_WIDTHS = {{.3f, .4f, .5f}, {.3f, .4f, .5f}, {.2f, .4f, .5f}};
    /** A market's usual move in a step, as it enters S(h) = m √h; only the first counts. */
    private static final float[] PRICE_WIDTHS = {.02f, .02f, .02f};

    private Prior() {}

    public static float[] first(TargetKind kind, int season) {
        float[] prior = new float[SIZE];
        for (int k = 0; k < Horizons.KINDS; k++) {
            int at = k * GROUP_SIZE;
            if (kind == TargetKind.PRICE) {
                prior[at + Expert.PERSISTENCE.ordinal()] = 1;
            } else {
                float[] mix = MIXES[Grain.of(season).ordinal()][k];
                prior[at + Expert.NETWORK.ordinal()] = NETWORK;
                prior[at + Expert.PERSISTENCE.ordinal()] = mix[0];
                prior[at + Expert.SEASONAL_NAIVE.ordinal()] = mix[1];
                prior[at + Expert.SMOOTHING.ordinal()] = mix[2];
                prior[at + Expert.SEASONAL_LEVEL.ordinal()] = season > 1 ? SEASONAL_LEVEL : 0;
                prior[at + Expert.INTERMITTENT.ordinal()] = INTERMITTENT;
                prior[at + Expert.AUTOREGRESSION.ordinal()] = AUTOREGRESSION;
            }
            Arrays.fill(prior, at + STARTS, at + WIDTH, 1);
            prior[at + STARTS + Expert.NETWORK.ordinal()] = NETWORK_START;
            prior[at + WIDTH] = widths(kind, Grain.of(season).ordinal())[k];
            System.arraycopy(SYMMETRIC, 0, prior, at + OFFSETS, Grid.SIZE);
        }
        prior[SQUARINGS] = 2;
        prior[CALIBRATION] = 1;
        return prior;
    }

    /** The weights of the experts by horizon group. */
    public static double[] weights(float[] prior, Horizons horizons) {
        double[] weights = new double[horizons.groups() * Expert.COUNT];
        for (int g = 0; g < horizons.groups(); g++) {
            for (int e = 0; e < Expert.COUNT; e++) {
                weights[g * Expert.COUNT + e] = prior[horizons.kind(g) * GROUP_SIZE + e];
            }
        }
        return weights;
    }

    private static float[] widths(TargetKind kind, int grain) {
        return switch (kind) {
            case PRICE -> PRICE_WIDTHS;
            case POSITIVE -> LOG_WIDTHS[grain];
            case COUNT, NONNEG, REAL -> AMOUNT_WIDTHS[grain];
        };
    }
}
