package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.series.Horizons;
import java.util.Arrays;

/**
 * What the network reads after a step, the same in the live fold and in training. All of it is free of the target's unit:
 *
 * <pre>
 *   lags       x = (z - level) / scale of the last values, newest first, within ± 8; 0 where there is none
 *              (a price: its last moves over the scale)
 *   long ago   where the longest season is longer than the lags: x of one season before, from a shortest season before
 *              that moment until the horizon after it, oldest first
 *   extras     [filled in][age][ln of each roughness][width of the series][at each representative step:
 *              smoothing, the second seasonal expert][8 + 8 residuals of smoothing][calendar]
 * </pre>
 */
public final class Features {
    private static final float FAR = 8;
    private static final float RESIDUAL_FAR = 4;

    private final Layout layout;
    private final Domain domain;
    private final Calendar calendar;
    private final boolean moves;
    private final int lags;
    private final int longest;
    private final int after;
    private final int longAgo;
    /** How many past values are read after one step. */
    private final int span;

    private final int extras;

    public Features(Settings settings, NetSpec spec, Layout layout, Domain domain) {
        this.layout = layout;
        this.domain = domain;
        this.calendar = calendar(settings, spec);
        this.moves = settings.kind() == TargetKind.PRICE;
        this.lags = spec.lags();
        int last = settings.seasons()[settings.seasons().length - 1];
        this.longest = last > lags ? last : 0;
        this.after = longest == 0 ? 0 : Math.min(settings.horizon(), last);
        this.longAgo = longAgo(settings, spec);
        this.span = longest == 0 ? lags + (moves ? 1 : 0) : longest + settings.season();
        this.extras = extras(settings, calendar);
    }

    private static Calendar calendar(Settings settings, NetSpec spec) {
        return spec.calendar() ? new Calendar(settings) : Calendar.none();
    }

    private static int extras(Settings settings, Calendar calendar) {
        int groups = new Horizons(settings.horizon()).groups();
        int roughs = 1 + settings.seasons().length;
        return 3
                + roughs
                + groups * (settings.season() > 1 ? 2 : 1)
                + Layout.RESIDUAL_GROUPS * Layout.RESIDUALS
                + calendar.size();
    }

    private static int longAgo(Settings settings, NetSpec spec) {
        int last = settings.seasons()[settings.seasons().length - 1];
        return last > spec.lags() ? settings.season() + Math.min(settings.horizon(), last) : 0;
    }

    /** How many numbers the network reads after a step. */
    public static int size(Settings settings, NetSpec spec) {
        return spec.lags() + longAgo(settings, spec) + extras(settings, calendar(settings, spec));
    }

    /** How many past values are read: the ring must hold them. */
    public static int reach(Settings settings, NetSpec spec, int window) {
        int last = settings.seasons()[settings.seasons().length - 1];
        return window + (last > spec.lags() ? last + settings.season() : spec.lags());
    }

    public int size() {
        return lags + longAgo + extras;
    }

    public int extras() {
        return extras;
    }

    /** Past values as they are worked with, ready to be read many times: that of step i lies at place i - first. */
    public record Past(float[] values, long first) {}

    /** A series as it stood after a step: what lags are measured in. */
    public record Stand(long last, int steps, double level, double scale) {}

    /** Writes lags and what was long ago; extras follow by themselves. */
    public void lags(Past past, Stand stand, float[] x, int at) {
        float[] values = past.values;
        int newest = (int) (stand.last - past.first);
        int known = Math.max(0, Math.min(stand.steps, lags + (moves ? 1 : 0)));
        int written = moves ? Math.max(0, known - 1) : known;
        for (int k = 0; k < written; k++) {
            x[at + k] = moves
                    ? bounded(values[newest - k] - values[newest - k - 1], 0, stand.scale, FAR)
                    : bounded(values[newest - k], stand.level, stand.scale, FAR);
        }
        Arrays.fill(x, at + written, at + lags + longAgo, 0);
        if (!moves && longest > 0 && stand.steps >= longest + layout.season) {
            int oldest = newest - longest + after - longAgo + 1;
            for (int k = 0; k < longAgo; k++) {
                x[at + lags + k] = bounded(values[oldest + k], stand.level, stand.scale, FAR);
            }
        }
    }

    /** What a state remembers of its values, for a window that begins so many steps back. */
    public Past past(LiveState s, int back) {
        int count = span + back;
        float[] values = Kernels.floats(count);
        layout.ring.copy(s.numbers, s.next - 1, count, values);
        domain.inner(values, count);
        return new Past(values, s.next - count);
    }

    /** Writes everything of a state, its lags as they were so many steps back: a windowed network reads several. */
    public void write(LiveState s, Experts experts, Past past, int back, float[] x) {
        double level = layout.normaliser.level(s.numbers);
        double scale = layout.normaliser.scale(s.numbers);
        lags(past, new Stand(s.next - 1 - back, s.closed - back, level, scale), x, 0);
        extras(s, experts, x, lags + longAgo);
    }

    /** Writes what a state holds beside its values. */
    public void extras(LiveState s, Experts experts, float[] x, int at) {
        double level = layout.normaliser.level(s.numbers);
        double scale = layout.normaliser.scale(s.numbers);
        int next = at;
        x[next++] = layout.ring.filled(s.flags, s.next - 1) ? 1 : 0;
        x[next++] = Math.min(1, s.closed / 64f);
        for (int k = 0; k < layout.normaliser.roughs(); k++) {
            x[next++] = (float) StrictMath.log(layout.normaliser.rough(s.numbers, k) + .01);
        }
        x[next++] = (float) domain.width(level, scale);
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            x[next++] = bounded(experts.smoothing(h), level, scale, FAR);
            if (layout.season > 1) {
                double z = experts.seasonalLevel(h);
                x[next++] = Double.isNaN(z) ? 0 : bounded(z, level, scale, FAR);
            }
        }
        for (int k = 0; k < Layout.RESIDUAL_GROUPS * Layout.RESIDUALS; k++) {
            x[next++] = bounded(s.numbers[layout.residuals + k], 0, scale, RESIDUAL_FAR);
        }
        calendar.write(s.next, x, next);
    }

    private static float bounded(double z, double level, double scale, float far) {
        double x = (z - level) / scale;
        return (float) Math.max(-far, Math.min(far, x));
    }
}
