package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Grid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the forecast between two closes. A copy of the closed state goes over the open buckets: the newest of them keeps the
 * uncertainty that is left in it, the ones before it are taken at their value so far. Shared by all threads.
 */
public final class Partial {
    private final Settings settings;
    private final Parts parts;
    private final Domain domain;
    private final Effects effects;
    private final Outlook outlook;
    private final Absorbing absorbing;
    private final Nowcast nowcast;
    private final Issuer issuer;
    private final ThreadLocal<Desk> desks;

    public Partial(Parts parts) {
        this.parts = parts;
        this.settings = parts.settings;
        this.domain = parts.domain;
        this.effects = parts.effects;
        this.outlook = parts.outlook;
        this.absorbing = new Absorbing(parts);
        this.nowcast = new Nowcast(settings, domain);
        this.issuer = new Issuer(parts);
        this.desks = ThreadLocal.withInitial(() -> new Desk(parts));
    }

    /** The forecast of a key with this open state, when event time is `now`: step 1 is the first open bucket. */
    public Forecast forecast(Model model, KeyState key, Issuer.Occasion occasion, long now) {
        OpenState open = key.open;
        SeriesState closed =
                key.series == null ? SeriesState.birth(parts.layout, open.base(), parts.shownLevels()) : key.series;
        Desk desk = desks.get();
        desk.s.copy(closed, effects.ahead(occasion.key()));
        Walk walk = new Walk(model, desk);
        Page page = parts.page(desk.next, desk.q);
        long newest = open.newest();
        for (long i = open.base(); i <= newest; i++) {
            if (i < newest) {
                walk.over(open.slot(i));
            } else {
                walk.into(open.slot(i), passed(i, now));
            }
            int h = (int) (i - open.base() + 1);
            if (h <= page.horizon) {
                page.write(h, walk.z);
            }
        }
        Outlook.View view = desk.view.begin(model);
        page.writeFrom(view, (int) (newest - open.base() + 1));
        return issuer.forecast(model, closed, occasion, page, view);
    }

    /** The share of a bucket that has passed when event time is `now`. */
    private double passed(long index, long now) {
        Buckets buckets = settings.buckets();
        long start = buckets.start(index);
        double share = (double) (now - start) / (buckets.end(index) - start);
        return Math.max(0, Math.min(1, share));
    }

    /** What a thread reuses. It must not lead back to the maker of forecasts, or no thread would ever let go of it. */
    private static final class Desk {
        /** The state that is taken over the open buckets. */
        final LiveState s;

        final Outlook.View view;
        final double[] z = new double[Grid.SIZE];
        final double[] usual = new double[Grid.SIZE];
        final double[] next = new double[Grid.SIZE];
        final double[] q = new double[Grid.SIZE];

        Desk(Parts parts) {
            s = new LiveState(parts);
            view = parts.outlook.viewOf(s);
        }
    }

    /** A state on its way over the open buckets of its key. */
    private final class Walk {
        final LiveState s;
        /** What is known of the bucket that was passed last: nine quantiles, as worked with. */
        final double[] z;

        private final Desk desk;
        private final Model model;
        /** Whether what was issued at the last close still says what the network says of the next step. */
        private boolean waits;

        Walk(Model model, Desk desk) {
            this.model = model;
            this.desk = desk;
            this.s = desk.s;
            this.z = desk.z;
            this.waits = model.network() != null;
        }

        /** Goes over a bucket that is not the newest, at its value so far. */
        void over(OpenState.@Nullable Slot slot) {
            if (slot == null) {
                silent();
                Arrays.fill(z, domain.inner(filledIn(s.next - 1)));
            } else if (slot.censored()) {
                atLeast(value(slot));
            } else {
                take(value(slot));
                Arrays.fill(z, domain.inner((float) domain.clamp(value(slot))));
            }
        }

        /** Goes over the newest bucket at its median. */
        void into(OpenState.@Nullable Slot slot, double passed) {
            if (slot == null) {
                look();
                silent();
            } else if (slot.censored()) {
                atLeast(value(slot));
            } else if (s.observed == 0) {
                take(value(slot));
                look();
                nowcast.bend(z, value(slot), passed);
            } else {
                look();
                nowcast.bend(z, value(slot), passed);
                take(domain.outer(z[Grid.MEDIAN]));
            }
        }

        /** Goes over a bucket that holds at least this value. */
        private void atLeast(double value) {
            boolean first = s.observed == 0;
            double[] usual = desk.usual;
            Arrays.fill(usual, 0);
            double least = effects.clean(s, value);
            if (!first) {
                look();
                lookUsual(usual);
            }
            absorbing.takeAtLeast(model, s, least, usual);
            waits = false;
            if (first) {
                look();
            }
            nowcast.bendUp(z, value);
        }

        private void take(double value) {
            absorbing.take(model, s, domain.clamp(effects.clean(s, value)));
            waits = false;
        }

        private void silent() {
            absorbing.takeSilent(model, s);
            waits = false;
        }

        /** Fills z with the next step. */
        private void look() {
            if (waits) {
                outlook.waiting(s, z);
            } else {
                desk.view.begin(model).at(1).inner(1, z);
            }
        }

        /** Fills the same as it would usually be. */
        private void lookUsual(double[] usual) {
            if (waits) {
                outlook.waitingUsual(s, usual);
            } else {
                desk.view.begin(model).at(1).usual(1, usual);
            }
        }

        /** What a bucket without events is taken to be, as it is: the ring has it as it would usually be. */
        private float filledIn(long index) {
            return settings.missing() == Missing.ZERO
                    ? (float) domain.clamp(0)
                    : parts.layout.ring.value(s.numbers, index);
        }

        private double value(OpenState.Slot slot) {
            return slot.result(settings.buckets().aggregate());
        }
    }
}
