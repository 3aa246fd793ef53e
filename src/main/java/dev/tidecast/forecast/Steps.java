package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Offsets;
import org.jspecify.annotations.Nullable;

/**
 * How a state goes through one close, in this order: judge (what was forecast for this step meets its actual),
 * absorb (experts, ring, normaliser, network), issue (what must wait for its actual is kept). Changes the state it is
 * given.
 */
final class Steps {
    private final Layout layout;
    private final Target target;
    private final Outlook outlook;
    private final TargetKind kind;
    private final Missing missing;
    private final Grid shown;
    private final int[] picks;
    private final Totals totals;
    private final Censored censored;
    private final Effects effects;
    private final @Nullable NetStep net;

    Steps(Settings settings, Layout layout, Target target, Outlook outlook, Effects effects, @Nullable NetStep net) {
        this.layout = layout;
        this.target = target;
        this.outlook = outlook;
        this.kind = settings.kind();
        this.missing = settings.missing();
        this.shown = new Grid(settings.quantiles());
        this.picks = Scoring.picks(settings.quantiles());
        this.totals = new Totals(settings, layout, target);
        this.censored = new Censored(settings.kind(), layout, target, outlook);
        this.effects = effects;
        this.net = net;
    }

    Totals totals() {
        return totals;
    }

    /** A state before its first step. */
    SeriesState birth(String key, long index, float[] levels) {
        SeriesState s = new SeriesState(
                new float[layout.size], new double[layout.doubles()], new byte[layout.flagBytes()], levels.clone());
        s.next = index;
        s.ahead = effects.ahead(key);
        return s;
    }

    /** A copy of what is kept of a key, with what is known of it in advance. */
    SeriesState meet(String key, SeriesState kept) {
        SeriesState s = kept.copy();
        s.ahead = effects.ahead(key);
        return s;
    }

    /**
     * Closes one step with its actual. What was known to be unusual about the step is taken off the value twice. The
     * forecasts are judged by the value without the effects that were known when they were made. Then the step teaches
     * the effects, and what is kept of the value is without the effects as they are known now, which is more accurate.
     */
    void close(Model model, SeriesState s, double actual) {
        judge(model, s, usual(s, actual));
        effects.learn(s, target.inner(target.clamp(actual)));
        double kept = target.clamp(usual(s, actual));
        totals.learn(s, kept);
        absorb(model, s, kept);
    }

    /** Lets the forecasts that are due now teach mixing, spreads and offsets. */
    private void judge(Model model, SeriesState s, double y) {
        Horizons horizons = layout.horizons;
        double z = target.inner(target.clamp(y));
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
            layout.spread.learn(s.numbers, layout.slot(s.next), errors, s.closed, target.leastWidth(z));
        }
    }

    /**
     * Where y lies from the levels. Whole numbers are judged from whole numbers, as they are shown; but nothing sold is
     * judged by what was meant, else the levels of a key that seldom sells would hover where rounding turns 0 into 1.
     */
    private Offsets.Fate fate(SeriesState s, int at, double y) {
        double location = s.numbers[at + Layout.PENDING_LOCATION];
        double below = s.numbers[at + Layout.PENDING_BELOW];
        double above = s.numbers[at + Layout.PENDING_ABOVE];
        if (kind == TargetKind.COUNT && y > 0) {
            return m -> y - Math.rint(target.outer(location + m * (m < 0 ? below : above)));
        }
        double z = target.inner(target.clamp(y));
        return m -> z - (location + m * (m < 0 ? below : above));
    }

    private void expertErrors(SeriesState s, int at, int h, double z, double[] errors) {
        SeasonalPast past = new SeasonalPast(layout, target, s, s.next - h + 1);
        errors[Expert.NETWORK.ordinal()] = z - s.numbers[at + Layout.PENDING_NETWORK];
        errors[Expert.PERSISTENCE.ordinal()] = z - target.inner(Scoring.lastKnown(layout, s, h));
        errors[Expert.SEASONAL_NAIVE.ordinal()] = z - past.naive(h);
        errors[Expert.SEASONAL_LEVEL.ordinal()] = z - past.level(h);
        errors[Expert.SMOOTHING.ordinal()] = z - s.numbers[at + Layout.PENDING_SMOOTHING];
        errors[Expert.INTERMITTENT.ordinal()] = Double.NaN;
        errors[Expert.AUTOREGRESSION.ordinal()] = Double.NaN;
        errors[layout.third().ordinal()] = z - s.numbers[at + Layout.PENDING_THIRD];
    }

    /** Keeps an error of smoothing, one step ahead or of the second group, newest first. */
    private void remember(SeriesState s, int group, double error) {
        if (group < Layout.RESIDUAL_GROUPS) {
            int from = layout.residuals + group * Layout.RESIDUALS;
            System.arraycopy(s.numbers, from, s.numbers, from + 1, Layout.RESIDUALS - 1);
            s.numbers[from] = (float) error;
        }
    }

    /** One step with a value, without a word on past forecasts. */
    void advance(Model model, SeriesState s, double y) {
        absorb(model, s, target.clamp(usual(s, y)));
    }

    /** Takes in the value of a step as it would usually be. */
    private void absorb(Model model, SeriesState s, double value) {
        double z = target.inner(value);
        if (s.observed == 0) {
            begin(model, s, z);
        } else if (z != 0 && !layout.normaliser.sized(s.numbers)) {
            size(model, s, z);
        }
        Regression.learn(layout, target, s, z);
        layout.normaliser.step(s.numbers, z, before(s), s.observed);
        layout.smoothing.step(s.numbers, layout.slot(s.next), z, s.observed, layout.spread.first(s.numbers));
        layout.intermittent.step(s.numbers, z, s.observed);
        s.numbers[Layout.LAST] = (float) z;
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, false);
        s.pass(1, true);
        read(model, s);
    }

    /** The value of the first open step, without what was known to be unusual about it. */
    double usual(SeriesState s, double y) {
        return effects.clean(s, y);
    }

    /** One step that closes with a value that is only the least it can have been. */
    void closeAtLeast(Model model, SeriesState s, double y) {
        double[] z = new double[Grid.SIZE];
        double least = usual(s, y);
        outlook.firstUsual(s, z);
        censored.calibrate(model, s, least);
        advanceAtLeast(model, s, least, z);
    }

    /** The same without a word on past forecasts, where z are the quantiles of the step as worked with, both as it would usually be. */
    void advanceAtLeast(Model model, SeriesState s, double y, double[] z) {
        if (s.observed == 0) {
            beginAtLeast(model, s, y);
        } else {
            censored.advance(s, y, z);
        }
        read(model, s);
    }

    /** Begins a key for the time being: its first whole value begins it anew. */
    private void beginAtLeast(Model model, SeriesState s, double y) {
        double before = s.closed == 0 ? y : layout.ring.value(s.numbers, s.next - 1);
        double value = target.clamp(Math.max(before, y));
        double z = target.inner(value);
        begin(model, s, z);
        s.numbers[Layout.LAST] = (float) z;
        layout.ring.put(s.numbers, s.flags, s.next, (float) value, true);
        s.pass(1, false);
    }

    private double[] before(SeriesState s) {
        double[] before = new double[layout.normaliser.roughs()];
        before[0] = s.observed == 0 ? Double.NaN : s.numbers[Layout.LAST];
        for (int k = 1; k < before.length; k++) {
            int season = layout.seasons[k - 1];
            before[k] = s.closed < season ? Double.NaN : target.inner(layout.ring.value(s.numbers, s.next - season));
        }
        return before;
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
        read(model, s);
    }

    /** Many steps without events at once: the ring holds what filled them, nothing waits for an actual any more. */
    void gap(Model model, SeriesState s, long steps) {
        boolean zero = missing == Missing.ZERO;
        float fill = zero ? (float) target.clamp(0) : layout.ring.value(s.numbers, s.next - 1);
        for (long i = Math.max(0, steps - layout.ring.length()); i < steps; i++) {
            layout.ring.put(s.numbers, s.flags, s.next + i, fill, !zero);
        }
        layout.clearPending(s.numbers);
        s.pass(steps, zero);
        read(model, s);
    }

    private void read(Model model, SeriesState s) {
        if (net != null && model.network() != null) {
            net.step(model, s, outlook.sight(model, s));
        }
    }

    /**
     * Keeps what was forecast for the representative steps until they close.
     *
     * @param issued whether it left: a close that is followed by another at once tells nobody
     * @return the view it was read from
     */
    Outlook.Sight issue(Model model, SeriesState s, boolean issued) {
        Outlook.Sight sight = outlook.sight(model, s);
        double[] z = new double[Grid.SIZE];
        double[] q = new double[Grid.SIZE];
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            sight.at(h).inner(h, z);
            outlook.outer(z, q);
            int at = layout.pending(g, s.next);
            s.numbers[at + Layout.PENDING_LOCATION] = (float) sight.location;
            s.numbers[at + Layout.PENDING_BELOW] = (float) sight.below;
            s.numbers[at + Layout.PENDING_ABOVE] = (float) sight.above;
            s.numbers[at + Layout.PENDING_NETWORK] = (float) sight.values[Expert.NETWORK.ordinal()];
            s.numbers[at + Layout.PENDING_SMOOTHING] = (float) sight.values[Expert.SMOOTHING.ordinal()];
            s.numbers[at + Layout.PENDING_THIRD] =
                    (float) sight.values[layout.third().ordinal()];
            for (int i = 0; i < picks.length; i++) {
                s.numbers[at + Layout.PENDING_SHOWN + i] = issued ? (float) shown.read(q, picks[i]) : Float.NaN;
            }
        }
        s.versions = s.versions.with(model.version(), s.next, layout.horizons.horizon());
        return sight;
    }

    private void begin(Model model, SeriesState s, double z) {
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
        layout.normaliser.begin(s.numbers, z, target.firstScale(seen));
    }

    /** How far off a key of this size usually is. One that has been all zeros has no size yet: its first other value gives it one. */
    private void size(Model model, SeriesState s, double z) {
        Horizons horizons = layout.horizons;
        double[] widths = new double[horizons.groups()];
        for (int g = 0; g < widths.length; g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            widths[g] = model.prior()[at + Prior.WIDTH] * target.size(z);
            layout.mixing.begin(s.numbers, g, widths[g], model.prior(), at + Prior.STARTS);
        }
        layout.spread.begin(s.numbers, widths);
    }
}
