package dev.tidecast.forecast;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Source;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the forecast that is sent, from a state and its outlook: when a bucket closes, and between two closes from a copy of
 * the state. A {@link Forecaster} has one issuer and calls it; it keeps nothing between two calls.
 */
final class Issuer {
    private static final int READY_STEPS = 20;
    private static final int READY_SEASONS = 3;
    private static final int COLD_STEPS = 3;

    private final Settings settings;
    private final Layout layout;
    private final Target target;
    private final Outlook outlook;
    private final Nowcast nowcast;
    private final Steps steps;
    private final Totals totals;
    private final Grid shown;

    Issuer(Settings settings, Layout layout, Target target, Outlook outlook, Steps steps, Totals totals) {
        this.settings = settings;
        this.layout = layout;
        this.target = target;
        this.outlook = outlook;
        this.steps = steps;
        this.totals = totals;
        this.nowcast = new Nowcast(settings, target);
        this.shown = new Grid(settings.quantiles());
    }

    /** Which key is answered, and the record that made it answer. */
    record Occasion(String key, Source source, Trigger trigger, boolean partial) {}

    /** The numbers of one forecast as they are filled in, step by step. */
    private final class Page {
        final int horizon = settings.horizon();
        final int levels = settings.quantiles().length;
        final double[] quantiles = new double[horizon * levels];
        final double[] means = new double[horizon];
        final double[] widths = new double[horizon];
        final double[] z = new double[Grid.SIZE];
        final double[] q = new double[Grid.SIZE];

        /** Writes the quantiles in z as those of step h. */
        void write(int h) {
            outlook.outer(z, q);
            for (int i = 0; i < levels; i++) {
                quantiles[(h - 1) * levels + i] = (float) shown.read(q, i);
            }
            means[h - 1] = Grid.mean(q);
            widths[h - 1] = Totals.width(q);
        }

        /** Fills z with the next step of a state. */
        void lookOne(Model model, SeriesState s) {
            if (s.reading == null && model.network() != null) {
                outlook.first(s, z);
            } else {
                outlook.sight(model, s).at(1).inner(1, z);
            }
        }

        /** Fills the same as it would usually be. */
        void lookUsual(Model model, SeriesState s, double[] usual) {
            if (s.reading == null && model.network() != null) {
                outlook.firstUsual(s, usual);
            } else {
                outlook.sight(model, s).at(1).usual(1, usual);
            }
        }

        /** Writes the steps after `passed` of the forecast as the next ones of a state. */
        void writeFrom(Outlook.Sight sight, int passed) {
            for (int h = 1; h + passed <= horizon; h++) {
                sight.at(h).inner(h, z);
                write(h + passed);
            }
        }
    }

    /** The forecast of a closed state: step 1 is the first open bucket. */
    Forecast closed(Model model, SeriesState s, Outlook.Sight sight, Occasion occasion) {
        Page page = new Page();
        page.writeFrom(sight, 0);
        if (settings.totals()) {
            issueTotals(s, sight, page);
        }
        return forecast(model, s, occasion, page, sight);
    }

    /** Sums wait without what is unusual about their steps, as the values do that they will meet. */
    private void issueTotals(SeriesState s, Outlook.Sight sight, Page page) {
        double[] means = page.means.clone();
        double[] widths = page.widths.clone();
        for (int h = 1; h <= page.horizon; h++) {
            if (!Double.isNaN(sight.effect(h))) {
                sight.at(h).usual(h, page.z);
                outlook.outer(page.z, page.q);
                means[h - 1] = Grid.mean(page.q);
                widths[h - 1] = Totals.width(page.q);
            }
        }
        totals.issue(s, means, widths);
    }

    /**
     * The forecast between two closes: a copy of the closed state goes over the open buckets; the newest of them keeps
     * the uncertainty that is left in it, the ones before it are taken at their value so far.
     */
    Forecast partial(Model model, KeyState key, Occasion occasion, long now) {
        OpenState open = key.open;
        SeriesState closed = key.series == null ? steps.birth(occasion.key, open.base(), levels()) : key.series;
        SeriesState s = steps.meet(occasion.key, closed);
        Page page = new Page();
        long newest = open.newest();
        for (long i = open.base(); i < newest; i++) {
            stepOver(model, s, open.slot(i), page);
            int h = (int) (i - open.base() + 1);
            if (h <= page.horizon) {
                page.write(h);
            }
        }
        int h = (int) (newest - open.base() + 1);
        stepInto(model, s, open, page, passed(newest, now));
        if (h <= page.horizon) {
            page.write(h);
        }
        Outlook.Sight sight = outlook.sight(model, s);
        page.writeFrom(sight, h);
        return forecast(model, closed, occasion, page, sight);
    }

    /** What an open bucket that is not the newest has come to, as it is: the ring has it as it would usually be. */
    private float taken(SeriesState s, OpenState.@Nullable Slot slot, long index) {
        if (slot != null) {
            return (float) target.clamp(slot.result(settings.buckets().aggregate()));
        }
        return settings.missing() == Missing.ZERO ? (float) target.clamp(0) : layout.ring.value(s.numbers, index);
    }

    /** Takes the state over an open bucket, and fills the page's z with what is known of it. */
    private void stepOver(Model model, SeriesState s, OpenState.@Nullable Slot slot, Page page) {
        long index = s.next;
        if (slot != null && slot.censored()) {
            lookAtLeast(model, s, slot, page);
            return;
        }
        if (slot != null) {
            steps.advance(model, s, slot.result(settings.buckets().aggregate()));
        } else {
            steps.advanceSilent(model, s);
        }
        Arrays.fill(page.z, target.inner(taken(s, slot, index)));
    }

    /** Fills the page's z with the quantiles of a bucket that holds at least its value, and takes the state over it. */
    private void lookAtLeast(Model model, SeriesState s, OpenState.Slot slot, Page page) {
        double value = slot.result(settings.buckets().aggregate());
        boolean first = s.observed == 0;
        double[] usual = new double[Grid.SIZE];
        double least = steps.usual(s, value);
        if (!first) {
            page.lookOne(model, s);
            page.lookUsual(model, s, usual);
        }
        steps.advanceAtLeast(model, s, least, usual);
        if (first) {
            page.lookOne(model, s);
        }
        nowcast.bendUp(page.z, value);
    }

    /** Fills the page's z with the newest open bucket's quantiles, and takes the state over it at their median. */
    private void stepInto(Model model, SeriesState s, OpenState open, Page page, double passed) {
        OpenState.Slot slot = open.slot(open.newest());
        if (slot == null) {
            page.lookOne(model, s);
            steps.advanceSilent(model, s);
            return;
        }
        if (slot.censored()) {
            lookAtLeast(model, s, slot, page);
            return;
        }
        double value = slot.result(settings.buckets().aggregate());
        if (s.observed == 0) {
            steps.advance(model, s, value);
            page.lookOne(model, s);
            nowcast.bend(page.z, value, passed);
            return;
        }
        page.lookOne(model, s);
        nowcast.bend(page.z, value, passed);
        steps.advance(model, s, target.outer(page.z[Grid.MEDIAN]));
    }

    /** The share of a bucket that has passed when event time is `now`. */
    private double passed(long index, long now) {
        Buckets buckets = settings.buckets();
        long start = buckets.start(index);
        double share = (double) (now - start) / (buckets.end(index) - start);
        return Math.max(0, Math.min(1, share));
    }

    /** The shown levels that are kept with waiting forecasts. */
    float[] levels() {
        return Scoring.levels(settings.quantiles());
    }

    private Forecast forecast(Model model, SeriesState closed, Occasion occasion, Page page, Outlook.Sight sight) {
        Buckets buckets = settings.buckets();
        return new Forecast(
                occasion.key,
                settings.pipeline(),
                occasion.source.timestamp(),
                buckets.isNone() ? closed.time : buckets.start(closed.next),
                occasion.partial,
                false,
                occasion.trigger,
                buckets.text(),
                model.version(),
                outlook.mix(sight),
                occasion.source,
                quality(closed),
                settings.kind() == TargetKind.COUNT,
                settings.quantiles(),
                buckets.isNone() ? null : starts(closed.next),
                page.quantiles,
                page.means,
                settings.totals() ? totals.quantiles(closed, page.means, page.widths) : null,
                occasion.partial ? null : outlook.experts(sight));
    }

    private long[] starts(long first) {
        long[] starts = new long[settings.horizon()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = settings.buckets().start(first + i);
        }
        return starts;
    }

    private Quality quality(SeriesState s) {
        Quality.Readiness state = Quality.Readiness.READY;
        if (s.closed < Math.max(COLD_STEPS, settings.season())) {
            state = Quality.Readiness.COLD;
        } else if (s.closed < Math.max(READY_STEPS, READY_SEASONS * settings.season())) {
            state = Quality.Readiness.WARMING;
        }
        double missing = s.closed == 0 ? 0 : (double) (s.closed - s.observed) / s.closed;
        return new Quality(state, s.observed, missing);
    }
}
