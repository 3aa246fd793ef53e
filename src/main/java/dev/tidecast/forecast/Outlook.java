package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;

/**
 * The numbers of one forecast, read off a state at its origin:
 *
 * <pre>
 *   location(h) = sum over experts of weight(expert, group of h) × expert(h)
 *   z(h, level) = location(h) + S(h, season slot) × offset(h, level)
 *   q(h, level) = z back from the logarithm, clamped to the domain, never below the level before
 * </pre>
 */
final class Outlook {
    private final Layout layout;
    private final Target target;

    Outlook(Layout layout, Target target) {
        this.layout = layout;
        this.target = target;
    }

    /** Where step h (from 1) after the last closed step is expected. */
    double location(Model model, SeriesState s, int h) {
        float[] weights = model.weights();
        int at = layout.horizons.kind(layout.horizons.group(h)) * Prior.GROUP_SIZE;
        double naive = weights[at + Prior.SEASONAL_NAIVE];
        double smooth = weights[at + Prior.SMOOTHING];
        double sum = weights[at + Prior.PERSISTENCE] * (double) s.numbers[Layout.LAST];
        if (seasonSeen(s)) {
            sum += naive == 0 ? 0 : naive * target.inner(seasonalNaive(s, h));
        } else {
            smooth += naive;
        }
        return sum + smooth * layout.smoothing.expected(s.numbers, h, layout.slot(s.next + h - 1));
    }

    double spread(SeriesState s, int h) {
        return layout.spread.at(s.numbers, h, layout.slot(s.next + h - 1));
    }

    /** The nine quantiles of step h as they are worked with, ascending. */
    void inner(SeriesState s, int h, double location, double spread, double[] z) {
        for (int i = 0; i < Grid.SIZE; i++) {
            z[i] = location + spread * layout.offsets.at(s.numbers, h, i);
        }
    }

    /** The nine quantiles in the target's own units and domain, ascending. */
    void outer(double[] z, double[] q) {
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < Grid.SIZE; i++) {
            below = Math.max(below, target.outer(z[i]));
            q[i] = below;
        }
    }

    /** The weights in use, averaged over the steps. */
    Mix mix(Model model, SeriesState s) {
        double[] sums = new double[Prior.EXPERTS];
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int steps = horizons.representative(g) - (g == 0 ? 0 : horizons.representative(g - 1));
            for (int e = 0; e < Prior.EXPERTS; e++) {
                sums[e] +=
                        (double) model.weights()[horizons.kind(g) * Prior.GROUP_SIZE + e] * steps / horizons.horizon();
            }
        }
        if (!seasonSeen(s)) {
            sums[Prior.SMOOTHING] += sums[Prior.SEASONAL_NAIVE];
            sums[Prior.SEASONAL_NAIVE] = 0;
        }
        return new Mix(sums[Prior.PERSISTENCE], sums[Prior.SEASONAL_NAIVE], sums[Prior.SMOOTHING]);
    }

    private boolean seasonSeen(SeriesState s) {
        return s.closed >= layout.season;
    }

    private double seasonalNaive(SeriesState s, int h) {
        return layout.ring.value(s.numbers, s.next - layout.season + (h - 1) % layout.season);
    }
}
