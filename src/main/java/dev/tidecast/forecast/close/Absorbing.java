package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Horizons;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a {@link Close} in which a step is taken in: experts, ring and normaliser learn its value, then the network reads
 * what has become of them. A partial forecast goes over open buckets with the same methods.
 */
final class Absorbing {
    private final Missing missing;
    private final Layout layout;
    private final Domain domain;
    private final Effects effects;
    private final Totals totals;
    private final Censored censored;
    private final @Nullable NetStep net;

    Absorbing(Parts parts) {
        this.missing = parts.settings.missing();
        this.layout = parts.layout;
        this.domain = parts.domain;
        this.effects = parts.effects;
        this.totals = parts.totals;
        this.censored = new Censored(parts);
        this.net = parts.netStep;
    }

    /** One step with a value, as it would usually be. */
    void take(Model model, LiveState s, double value) {
        double z = domain.inner(value);
        if (s.observed == 0) {
            begin(model, s, z);
        } else if (z != 0 && !layout.normaliser.sized(s.numbers)) {
            size(model, s, z);
        }
        Regression.learn(layout, domain, s, z);
        layout.normaliser.step(s.numbers, z, before(s), s.observed);
        layout.smoothing.step(s.numbers, layout.slot(s.next), z, s.observed, layout.spread.first(s.numbers));
        layout.intermittent.step(s.numbers, z, s.observed);
        s.numbers[Layout.LAST] = (float) z;
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, false);
        s.pass(1, true);
        read(model, s);
    }

    /**
     * One step that was at least y.
     *
     * @param z the nine quantiles that were forecast for it; like y as they would usually be
     */
    void takeAtLeast(Model model, LiveState s, double y, double[] z) {
        if (s.observed == 0) {
            beginAtLeast(model, s, y);
        } else {
            censored.advance(s, y, z);
        }
        read(model, s);
    }

    /** One step without events. */
    void takeSilent(Model model, LiveState s) {
        if (missing == Missing.ZERO) {
            take(model, s, domain.clamp(effects.clean(s, 0)));
            return;
        }
        long like = missing == Missing.MASK && s.closed >= layout.season ? s.next - layout.season : s.next - 1;
        layout.ring.put(s.numbers, s.flags, s.next, layout.ring.value(s.numbers, like), true);
        s.pass(1, false);
        read(model, s);
    }

    /** Many steps without events at once: the ring holds what filled them, nothing waits for an actual any more. */
    void takeGap(Model model, LiveState s, long steps) {
        boolean zero = missing == Missing.ZERO;
        float fill = zero ? (float) domain.clamp(0) : layout.ring.value(s.numbers, s.next - 1);
        for (long i = Math.max(0, steps - layout.ring.length()); i < steps; i++) {
            layout.ring.put(s.numbers, s.flags, s.next + i, fill, !zero);
        }
        layout.clearPending(s.numbers);
        s.pass(steps, zero);
        read(model, s);
    }

    private void read(Model model, LiveState s) {
        if (net != null && model.network() != null) {
            net.step(model, s, s.experts());
        }
    }

    /** Begins a key for the time being: its first whole value begins it anew. */
    private void beginAtLeast(Model model, LiveState s, double y) {
        double before = s.closed == 0 ? y : layout.ring.value(s.numbers, s.next - 1);
        double value = domain.clamp(Math.max(before, y));
        double z = domain.inner(value);
        begin(model, s, z);
        s.numbers[Layout.LAST] = (float) z;
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, true);
        s.pass(1, false);
    }

    private double[] before(LiveState s) {
        double[] before = s.before;
        before[0] = s.observed == 0 ? Double.NaN : s.numbers[Layout.LAST];
        for (int k = 1; k < before.length; k++) {
            int season = layout.seasons[k - 1];
            before[k] = s.closed < season ? Double.NaN : domain.inner(layout.ring.value(s.numbers, s.next - season));
        }
        return before;
    }

    private void begin(Model model, LiveState s, double z) {
        Horizons horizons = layout.horizons;
        // A key that began sold out begins anew, and is as large as that has shown.
        double seen = s.closed == 0 ? z : Math.max(z, s.numbers[Layout.LAST]);
        size(model, s, seen);
        for (int g = 0; g < horizons.groups(); g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            layout.offsets.begin(s.numbers, g, model.prior(), at + Prior.OFFSETS);
        }
        effects.begin(model, s);
        totals.begin(s, model.prior());
        layout.smoothing.begin(s.numbers, z);
        layout.intermittent.begin(s.numbers, z);
        if (layout.autoregression != null) {
            layout.autoregression.begin(s.doubles);
        }
        layout.normaliser.begin(s.numbers, z, domain.firstScale(seen));
    }

    /** How far off a key of this size usually is. One that has been all zeros has no size yet: its first other value gives it one. */
    private void size(Model model, LiveState s, double z) {
        Horizons horizons = layout.horizons;
        double[] widths = new double[horizons.groups()];
        for (int g = 0; g < widths.length; g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            widths[g] = model.prior()[at + Prior.WIDTH] * domain.size(z);
            layout.mixing.begin(s.numbers, g, widths[g], model.prior(), at + Prior.STARTS);
        }
        layout.spread.begin(s.numbers, widths);
    }
}
