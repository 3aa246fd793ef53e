package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import java.util.Arrays;

/**
 * Sums up to each step: what a delivery must cover, when a shelf runs empty. With m the means and w the widths of the steps:
 *
 * <pre>
 *   total(h) = m(1) + ... + m(h)          width(h) = √(w(1)² + ... + w(h)²),  w = .31 (q(.9) - q(.1))
 *   q(h, level) = total(h) + offset(h, level) width(h)
 * </pre>
 *
 * The offsets are tracked like those of the steps, on sums that have come true, so they know how errors of neighbouring
 * steps go together. Where amounts only add up, no quantile of a total falls from one step to the next.
 */
final class Totals {
    /** A normal's .9 less its .1 quantile, times this, is its mean absolute error. */
    private static final double TENTHS_TO_MEAN_ERROR = .3113;

    /** No mean is read off a total's quantiles, so nothing wanders with them: they go on as after so many errors. */
    private static final int QUICK = 24;

    private static final int LOW = 2;
    private static final int HIGH = 6;

    private final Layout layout;
    private final Domain domain;
    private final Grid shown;
    private final int levels;

    Totals(Settings settings, Layout layout, Domain domain) {
        this.layout = layout;
        this.domain = domain;
        this.shown = new Grid(settings.quantiles());
        this.levels = settings.quantiles().length;
    }

    /** The width of a step whose quantiles are these. */
    static double width(double[] q) {
        return TENTHS_TO_MEAN_ERROR * (q[HIGH] - q[LOW]);
    }

    /** Where a state begins: half way between steps whose errors are independent and steps that err as one. */
    void begin(LiveState s, float[] prior) {
        for (int g = 0; layout.totals != null && g < layout.horizons.groups(); g++) {
            int at = layout.horizons.kind(g) * Prior.GROUP_SIZE + Prior.OFFSETS;
            double wider = Math.sqrt(Math.sqrt(layout.horizons.representative(g)));
            float[] offsets = new float[Grid.SIZE];
            for (int i = 0; i < Grid.SIZE; i++) {
                offsets[i] = (float) (wider * prior[at + i]);
            }
            layout.totals.begin(s.numbers, g, offsets, 0);
        }
    }

    /** The shown quantiles of the totals, step by step: [(h - 1) × levels + level]. */
    float[] quantiles(float[] numbers, double[] means, double[] widths) {
        float[] quantiles = new float[means.length * levels];
        double[] q = new double[Grid.SIZE];
        double[] least = new double[Grid.SIZE];
        Arrays.fill(least, domain.growsOnly() ? 0 : Double.NEGATIVE_INFINITY);
        double total = 0;
        double squares = 0;
        for (int h = 1; h <= means.length; h++) {
            total += means[h - 1];
            squares += widths[h - 1] * widths[h - 1];
            grid(numbers, h, total, Math.sqrt(squares), q);
            for (int i = 0; i < Grid.SIZE; i++) {
                q[i] = Math.max(least[i], q[i]);
            }
            if (domain.growsOnly()) {
                System.arraycopy(q, 0, least, 0, Grid.SIZE);
            }
            for (int i = 0; i < levels; i++) {
                quantiles[(h - 1) * levels + i] = (float) shown.read(q, i);
            }
        }
        return quantiles;
    }

    private void grid(float[] numbers, int h, double total, double width, double[] q) {
        for (int i = 0; i < Grid.SIZE; i++) {
            q[i] = layout.totals == null ? total : total + width * layout.totals.at(numbers, h, i);
        }
    }

    /** The step with value y closes: the totals that end with it have come true. */
    void learn(LiveState s, double y) {
        Horizons horizons = layout.horizons;
        for (int g = 0; layout.totals != null && g < horizons.groups(); g++) {
            int h = horizons.representative(g);
            int at = layout.pendingTotal(g, s.next - h + 1);
            double width = s.numbers[at + 1];
            if (width > 0) {
                double total = y;
                for (int k = 1; k < h; k++) {
                    total += layout.ring.value(s.numbers, s.next - k);
                }
                double error = total - s.numbers[at];
                layout.totals.learn(s.numbers, g, m -> error - m * width, Math.max(0, Math.min(QUICK, s.closed - h)));
            }
        }
    }

    /** No totals were forecast at this origin: those of an earlier one in their places must not be taken for its own. */
    void clear(LiveState s) {
        for (int g = 0; layout.totals != null && g < layout.horizons.groups(); g++) {
            s.numbers[layout.pendingTotal(g, s.next) + 1] = 0;
        }
    }

    /** Keeps the totals of a forecast until they have come true. */
    void issue(LiveState s, double[] means, double[] widths) {
        Horizons horizons = layout.horizons;
        double total = 0;
        double squares = 0;
        int done = 0;
        for (int g = 0; g < horizons.groups(); g++) {
            for (; done < horizons.representative(g); done++) {
                total += means[done];
                squares += widths[done] * widths[done];
            }
            int at = layout.pendingTotal(g, s.next);
            s.numbers[at] = (float) total;
            s.numbers[at + 1] = (float) Math.sqrt(squares);
        }
    }
}
