package dev.tidecast.forecast.close;

import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;

/**
 * What the seasonal experts say at an origin, read off the ring; also of an origin that has passed, so that their past
 * forecasts need not be kept.
 *
 * <pre>
 *   naive(h)  the value one season before step h, or as many as it takes to be known at the origin
 *   level(h)  the value one long lag before, moved by what the level has done since: the mean of the last season against
 *             the mean of the season one long lag before; a ratio within ¼ .. 4 for amounts, else a difference
 * </pre>
 */
final class SeasonalPast {
    private static final double MOST_RATIO = 4;

    private final Layout layout;
    private final Domain domain;
    private final LiveState s;
    private long origin;
    private boolean naive;
    private boolean longAgo;
    private double moved;

    SeasonalPast(Layout layout, Domain domain, LiveState s) {
        this.layout = layout;
        this.domain = domain;
        this.s = s;
    }

    /** Looks from an origin, the first open step at that time. */
    SeasonalPast from(long first) {
        this.origin = first;
        long closed = s.closed - (s.next - origin);
        this.naive = layout.season > 1 && closed >= layout.season;
        this.longAgo = layout.season > 1 && closed >= layout.longLag + layout.season;
        this.moved = longAgo ? moved() : Double.NaN;
        return this;
    }

    double naive(int h) {
        int m = layout.season;
        return naive ? value(origin - m + (h - 1) % m) : Double.NaN;
    }

    double level(int h) {
        if (!longAgo) {
            return Double.NaN;
        }
        int m = layout.longLag;
        double then = value(origin - m + (h - 1) % m);
        return domain.multiplies() ? then * moved : then + moved;
    }

    private double moved() {
        double now = mean(origin);
        double then = mean(origin - layout.longLag);
        if (!domain.multiplies()) {
            return now - then;
        }
        return then > 0 && now > 0 ? Math.max(1 / MOST_RATIO, Math.min(MOST_RATIO, now / then)) : 1;
    }

    private double mean(long end) {
        double sum = 0;
        for (int k = 1; k <= layout.season; k++) {
            sum += value(end - k);
        }
        return sum / layout.season;
    }

    private double value(long index) {
        return domain.inner(layout.ring.value(s.numbers, index));
    }
}
