package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;

/**
 * How a state goes through one close, in this order: calibrate (what was forecast for this step meets its actual),
 * advance (experts, ring), issue (what must wait for its actual is kept). Changes the state it is given.
 */
final class Steps {
    private final Layout layout;
    private final Target target;
    private final Outlook outlook;
    private final Missing missing;
    private final Grid shown;
    private final int[] picks;

    Steps(Settings settings, Layout layout, Target target, Outlook outlook) {
        this.layout = layout;
        this.target = target;
        this.outlook = outlook;
        this.missing = settings.missing();
        this.shown = new Grid(settings.quantiles());
        this.picks = Scoring.picks(settings.quantiles());
    }

    /** A state before its first step. */
    SeriesState birth(long index, float[] levels) {
        SeriesState s = new SeriesState(new float[layout.size], new byte[layout.flagBytes()], levels.clone());
        s.next = index;
        return s;
    }

    /** Lets the forecasts that are due now teach spreads and offsets. */
    void calibrate(SeriesState s, double y) {
        Horizons horizons = layout.horizons;
        double z = target.inner(target.clamp(y));
        double[] errors = new double[horizons.groups()];
        for (int g = 0; g < errors.length; g++) {
            int h = horizons.representative(g);
            int at = layout.pending(g, s.next - h + 1);
            double spread = s.numbers[at + Layout.PENDING_SPREAD];
            errors[g] = spread == 0 ? Double.NaN : z - s.numbers[at + Layout.PENDING_LOCATION];
            if (spread != 0) {
                layout.offsets.learn(s.numbers, g, errors[g] / spread, Math.max(0, s.closed - h));
            }
        }
        if (s.observed > 0) {
            layout.spread.learn(s.numbers, layout.slot(s.next), errors, s.closed, target.leastWidth(z));
        }
    }

    /** One step with a value. */
    void advance(Model model, SeriesState s, double y) {
        double value = target.clamp(y);
        double z = target.inner(value);
        if (s.observed == 0) {
            begin(model, s, z);
        }
        layout.smoothing.step(s.numbers, layout.slot(s.next), z, s.observed, layout.spread.first(s.numbers));
        s.numbers[Layout.LAST] = (float) z;
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, false);
        s.pass(1, true);
    }

    /** One step without events. */
    void advanceSilent(Model model, SeriesState s) {
        if (missing == Missing.ZERO) {
            advance(model, s, 0);
            return;
        }
        long like = missing == Missing.MASK && s.closed >= layout.season ? s.next - layout.season : s.next - 1;
        layout.ring.put(s.numbers, s.flags, s.next, layout.ring.value(s.numbers, like), true);
        s.pass(1, false);
    }

    /** Many steps without events at once: the ring holds what filled them, nothing waits for an actual any more. */
    void gap(SeriesState s, long steps) {
        boolean zero = missing == Missing.ZERO;
        float fill = zero ? (float) target.clamp(0) : layout.ring.value(s.numbers, s.next - 1);
        for (long i = Math.max(0, steps - layout.ring.length()); i < steps; i++) {
            layout.ring.put(s.numbers, s.flags, s.next + i, fill, !zero);
        }
        layout.clearPending(s.numbers);
        s.pass(steps, zero);
    }

    /**
     * Keeps what was forecast for the representative steps until they close.
     *
     * @param issued whether it left: a close that is followed by another at once tells nobody
     */
    void issue(Model model, SeriesState s, boolean issued) {
        double[] z = new double[Grid.SIZE];
        double[] q = new double[Grid.SIZE];
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            double location = outlook.location(model, s, h);
            double spread = outlook.spread(s, h);
            outlook.inner(s, h, location, spread, z);
            outlook.outer(z, q);
            int at = layout.pending(g, s.next);
            s.numbers[at + Layout.PENDING_LOCATION] = (float) location;
            s.numbers[at + Layout.PENDING_SPREAD] = (float) spread;
            for (int i = 0; i < picks.length; i++) {
                s.numbers[at + Layout.PENDING_SHOWN + i] = issued ? (float) shown.read(q, picks[i]) : Float.NaN;
            }
        }
        s.versions = s.versions.with(model.version(), s.next, layout.horizons.horizon());
    }

    private void begin(Model model, SeriesState s, double z) {
        Horizons horizons = layout.horizons;
        double[] widths = new double[horizons.groups()];
        for (int g = 0; g < widths.length; g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            widths[g] = model.weights()[at + Prior.WIDTH] * target.size(z);
            layout.offsets.begin(s.numbers, g, model.weights(), at + Prior.OFFSETS);
        }
        layout.spread.begin(s.numbers, widths);
        layout.smoothing.begin(s.numbers, z);
    }
}
