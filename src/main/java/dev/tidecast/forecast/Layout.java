package dev.tidecast.forecast;

import dev.tidecast.series.Horizons;
import dev.tidecast.series.Offsets;
import dev.tidecast.series.Ring;
import dev.tidecast.series.Smoothing;
import dev.tidecast.series.Spread;
import java.util.Arrays;

/**
 * Where each number of a closed key state lies, and the arithmetic bound to those places. One per forecaster, shared by
 * all keys and threads.
 *
 * <pre>
 *   floats of a series state
 *   0                  last value observed (ln y for POSITIVE and PRICE)
 *   SPREAD             one width per horizon group, then one factor per season slot   {@link Spread}
 *   OFFSETS            nine per horizon group                                         {@link Offsets}
 *   SMOOTHING          level, deviation, a factor per season slot                        {@link Smoothing}
 *   RING               the last horizon + season values as they were                  {@link Ring}
 *   PENDING            per group R places of 5, R its representative step: the forecast issued at origin o for
 *                      step R lies at place o mod R until that step closes:
 *                      [location][spread, 0 = none][lowest][middle][highest shown quantile, NaN = not issued]
 * </pre>
 */
final class Layout {
    static final int LAST = 0;
    static final int PENDING_SIZE = 5;
    static final int PENDING_LOCATION = 0;
    static final int PENDING_SPREAD = 1;
    /** Lowest, middle, highest, one after the other. */
    static final int PENDING_SHOWN = 2;

    final Horizons horizons;
    final int season;
    final Spread spread;
    final Offsets offsets;
    final Smoothing smoothing;
    final Ring ring;
    /** How many floats. */
    final int size;

    private final int[] pending;

    Layout(TargetKind kind, int horizon, int season) {
        this.horizons = new Horizons(horizon);
        this.season = season;
        int at = LAST + 1;
        boolean price = kind == TargetKind.PRICE;
        spread = new Spread(at, season, horizons, price, price ? .06 : .02);
        at += Spread.size(season, horizons);
        offsets = new Offsets(at, horizons, price);
        at += Offsets.size(horizons);
        smoothing = new Smoothing(at, season, kind.multiplies(), Prior.pace(season), horizon);
        at += Smoothing.size(season);
        ring = new Ring(at, horizon + season);
        at += ring.length();
        pending = new int[horizons.groups()];
        for (int g = 0; g < pending.length; g++) {
            pending[g] = at;
            at += horizons.representative(g) * PENDING_SIZE;
        }
        size = at;
    }

    /** The place of the forecast that a group issued (or will issue) at an origin. */
    int pending(int group, long origin) {
        return pending[group] + (int) Math.floorMod(origin, horizons.representative(group)) * PENDING_SIZE;
    }

    /** The season slot of a step. */
    int slot(long index) {
        return (int) Math.floorMod(index, season);
    }

    /** Forgets every forecast that waits for its actual. */
    void clearPending(float[] s) {
        Arrays.fill(s, pending[0], size, 0);
    }

    /** Keeps waiting forecasts for learning but no longer for report. */
    void forgetShown(float[] s) {
        for (int at = pending[0]; at < size; at += PENDING_SIZE) {
            Arrays.fill(s, at + PENDING_SHOWN, at + PENDING_SIZE, Float.NaN);
        }
    }

    int flagBytes() {
        return Ring.flagBytes(ring.length());
    }
}
