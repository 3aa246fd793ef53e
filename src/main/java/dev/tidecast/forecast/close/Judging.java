package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Offsets;

/**
 * The stage of a {@link Close} in which the forecasts that were made for the closing step meet its value. They teach the mix,
 * the widths and the calibration.
 */
final class Judging {
    private final TargetKind kind;
    private final Layout layout;
    private final Domain domain;

    Judging(TargetKind kind, Layout layout, Domain domain) {
        this.kind = kind;
        this.layout = layout;
        this.domain = domain;
    }

    /** The step has come to y, as it would usually be. */
    void judge(Model model, LiveState s, double y) {
        Horizons horizons = layout.horizons;
        double z = domain.inner(domain.clamp(y));
        double[] errors = new double[horizons.groups()];
        double[] byExpert = new double[Expert.COUNT];
        for (int g = 0; g < errors.length; g++) {
            int h = horizons.representative(g);
            int at = layout.pending(g, s.next - h + 1);
            boolean waits = s.numbers[at + Layout.PENDING_BELOW] != 0;
            errors[g] = waits ? z - s.numbers[at + Layout.PENDING_LOCATION] : Double.NaN;
            if (waits) {
                long n = Math.max(0, s.closed - h);
                layout.offsets.learn(s.numbers, g, fate(s, at, y), n, model.prior()[Prior.CALIBRATION]);
                expertErrors(s, at, h, z, byExpert);
                layout.mixing.learn(s.numbers, g, byExpert, n);
                remember(s, g, byExpert[Expert.SMOOTHING.ordinal()]);
            }
        }
        if (s.observed > 0) {
            layout.spread.learn(s.numbers, layout.slot(s.next), errors, s.closed, domain.leastWidth(z));
        }
    }

    /**
     * Where y lies from the levels. Whole numbers are judged from whole numbers, as they are shown; but nothing sold is
     * judged by what was meant, else the levels of a key that seldom sells would hover where rounding turns 0 into 1.
     */
    private Offsets.Fate fate(LiveState s, int at, double y) {
        double location = s.numbers[at + Layout.PENDING_LOCATION];
        double below = s.numbers[at + Layout.PENDING_BELOW];
        double above = s.numbers[at + Layout.PENDING_ABOVE];
        if (kind == TargetKind.COUNT && y > 0) {
            return m -> y - Math.rint(domain.outer(location + m * (m < 0 ? below : above)));
        }
        double z = domain.inner(domain.clamp(y));
        return m -> z - (location + m * (m < 0 ? below : above));
    }

    private void expertErrors(LiveState s, int at, int h, double z, double[] errors) {
        SeasonalPast past = new SeasonalPast(layout, domain, s).from(s.next - h + 1);
        errors[Expert.NETWORK.ordinal()] = z - s.numbers[at + Layout.PENDING_NETWORK];
        errors[Expert.PERSISTENCE.ordinal()] = z - domain.inner(Scoring.lastKnown(layout, s, h));
        errors[Expert.SEASONAL_NAIVE.ordinal()] = z - past.naive(h);
        errors[Expert.SEASONAL_LEVEL.ordinal()] = z - past.level(h);
        errors[Expert.SMOOTHING.ordinal()] = z - s.numbers[at + Layout.PENDING_SMOOTHING];
        errors[Expert.INTERMITTENT.ordinal()] = Double.NaN;
        errors[Expert.AUTOREGRESSION.ordinal()] = Double.NaN;
        errors[layout.third().ordinal()] = z - s.numbers[at + Layout.PENDING_THIRD];
    }

    /** Keeps an error of smoothing, one step ahead or of the second group, newest first. */
    private void remember(LiveState s, int group, double error) {
        if (group < Layout.RESIDUAL_GROUPS) {
            int from = layout.residuals + group * Layout.RESIDUALS;
            System.arraycopy(s.numbers, from, s.numbers, from + 1, Layout.RESIDUALS - 1);
            s.numbers[from] = (float) error;
        }
    }
}
