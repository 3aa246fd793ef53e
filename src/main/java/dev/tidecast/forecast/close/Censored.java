package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Offsets;

/**
 * What a step teaches whose value y is only the least it can have been, because a shelf ran empty:
 *
 * <pre>
 *   v      = E[Y | Y &gt;= y]                   by the quantiles that were forecast for the step
 *   excess = v - E[Y]  &gt;= 0                  nothing where y says nothing
 *   smoothing, the normaliser's level       move as by an error of excess
 *   the quantile offsets                    by what is left of their step: {@link Offsets#learnAtLeast}
 *   last value                              rises to y
 *   the ring                                holds v, marked as filled in
 * </pre>
 *
 * Errors, widths and the mix learn nothing: nobody knows how far the forecast was off. Nothing here moves down.
 */
final class Censored {
    private final Layout layout;
    private final Domain domain;
    private final Outlook outlook;
    private final TargetKind kind;

    Censored(Parts parts) {
        this.kind = parts.settings.kind();
        this.layout = parts.layout;
        this.domain = parts.domain;
        this.outlook = parts.outlook;
    }

    /** Lets the forecasts that are due now teach the offsets, and forgets the totals that would contain the step. */
    void calibrate(Model model, LiveState s, double y) {
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int h = horizons.representative(g);
            int at = layout.pending(g, s.next - h + 1);
            if (s.numbers[at + Layout.PENDING_BELOW] != 0 && s.observed > 0 && y > domain.least()) {
                long n = Math.max(0, s.closed - h);
                layout.offsets.learnAtLeast(s.numbers, g, fate(s, at, y), n, model.prior()[Prior.CALIBRATION]);
            }
            for (int k = 0; layout.totals != null && k < h; k++) {
                s.numbers[layout.pendingTotal(g, s.next - k) + 1] = 0;
            }
        }
    }

    private Offsets.Fate fate(LiveState s, int at, double y) {
        double location = s.numbers[at + Layout.PENDING_LOCATION];
        double below = s.numbers[at + Layout.PENDING_BELOW];
        double above = s.numbers[at + Layout.PENDING_ABOVE];
        if (kind == TargetKind.COUNT) {
            return m -> y - Math.rint(domain.outer(location + m * (m < 0 ? below : above)));
        }
        double z = domain.inner(domain.clamp(y));
        return m -> z - (location + m * (m < 0 ? below : above));
    }

    /** One step whose nine quantiles, as worked with, were forecast as z. */
    void advance(LiveState s, double y, double[] z) {
        double[] q = new double[Grid.SIZE];
        outlook.outer(z, q);
        double mean = Grid.mean(q);
        double value = domain.clamp(Math.max(mean, Grid.meanAbove(q, y)));
        double excess = Math.max(0, domain.inner(value) - domain.inner(mean));
        int slot = layout.slot(s.next);
        double expected = layout.smoothing.expected(s.numbers, 1, slot);
        layout.smoothing.step(s.numbers, slot, expected + excess, s.observed, layout.spread.first(s.numbers));
        double least = domain.inner(domain.clamp(y));
        layout.intermittent.stepAtLeast(s.numbers, least, s.observed);
        layout.normaliser.raise(s.numbers, excess, s.observed);
        s.numbers[Layout.LAST] = (float) Math.max(s.numbers[Layout.LAST], least);
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, true);
        s.pass(1, false);
    }
}
