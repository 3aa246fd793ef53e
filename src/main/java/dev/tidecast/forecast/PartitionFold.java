package dev.tidecast.forecast;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All keys of one partition: the watermark, what it makes due, the fold of each key. The stream processor, the oracle
 * and the tests call the same code; it is pure but for the stores handed in, and keeps nothing that is not in them, so
 * that it can be dropped after any observation and built anew without a changed byte. Not thread-safe: one per task.
 *
 * <p>An observation goes through these steps, with bounded work:
 * <ol>
 *   <li>its source's time moves the watermark, the smallest time of all source partitions heard;
 *   <li>the due buckets of its key close (end + grace at or before the watermark);
 *   <li>if its bucket is closed for its key, it is late and changes nothing more;
 *   <li>else its bucket takes it, and a partial forecast leaves;
 *   <li>if a sweep is under way, at most {@link #MOST_SWEPT} keys are visited in key order and their due buckets close.
 * </ol>
 */
public final class PartitionFold {
    /** Keys visited per observation while a sweep is under way. */
    static final int MOST_SWEPT = 64;
    /** How many buckets a key may run ahead of what grace needs, while a slow source holds the watermark. */
    static final int MOST_AHEAD = 64;

    private static final String CLOCK_KEY = "clock";

    private final Forecaster forecaster;
    private final Model model;
    private final KeyStates keys;
    private final Store openStore;
    private final Store clockStore;
    private final Outlet outlet;
    private final Buckets buckets;
    private final long mostOpen;
    private final Clock clock;

    /**
     * Continues where the stores stand.
     *
     * @throws NewerFormatException if a newer version wrote `clock`
     * @throws OtherShapeException if it was written under settings of another shape
     */
    public PartitionFold(Forecaster forecaster, Model model, Store open, Store series, Store clock, Outlet outlet) {
        this.forecaster = forecaster;
        this.model = model;
        this.keys = new KeyStates(forecaster, open, series, outlet);
        this.openStore = open;
        this.clockStore = clock;
        this.outlet = outlet;
        this.buckets = forecaster.settings().buckets();
        long size = Math.max(1, buckets.usualMillis());
        this.mostOpen = 1 + (forecaster.settings().graceMillis() + size - 1) / size + MOST_AHEAD;
        this.clock = read(clock);
    }

    private Clock read(Store store) {
        byte[] bytes = store.get(CLOCK_KEY);
        if (bytes == null) {
            return new Clock();
        }
        try {
            return Clock.read(bytes, forecaster.fingerprint());
        } catch (CorruptStateException e) {
            outlet.corrupt(CLOCK_KEY, String.valueOf(e.getMessage()));
            return new Clock();
        }
    }

    /**
     * Folds one observation in.
     *
     * @throws IllegalArgumentException if its value is outside the target's domain; nothing has changed then
     * @throws NewerFormatException if a newer version wrote the key's state
     */
    public void observe(Observation o) {
        if (!forecaster.accepts(o.value())) {
            throw new IllegalArgumentException("the value is outside the domain of "
                    + forecaster.settings().kind());
        }
        if (buckets.isNone()) {
            stepAtOnce(o);
            return;
        }
        clock.hear(
                o.source(), buckets.index(o.sourceTime() - forecaster.settings().graceMillis()));
        arrive(o);
        if (clock.sweeps()) {
            sweep(o.source());
        }
        if (clock.changed()) {
            clockStore.put(CLOCK_KEY, clock.write(forecaster.fingerprint()));
        }
    }

    private void arrive(Observation o) {
        long bucket = buckets.index(o.time());
        KeyState state = keys.load(o.key());
        if (state == null) {
            state = forecaster.birth(o);
        } else {
            long due = Math.max(clock.due(), bucket - mostOpen + 1);
            boolean closes = state.firstOpen() < due;
            state = closes ? close(o.key(), state, due, o.source()) : state;
            if (isLate(state, bucket)) {
                if (closes) {
                    keys.saveOpen(o.key(), state);
                }
                outlet.late(o, buckets.start(state.firstOpen()));
                return;
            }
        }
        state = forecaster.arrive(state, o);
        keys.saveOpen(o.key(), state);
        if (forecaster.settings().emit() == Emit.EVENT) {
            outlet.forecast(forecaster.partial(model, state, o));
        }
    }

    /** Closed for this key; a key that has closed nothing may still begin earlier, in a bucket that is not due. */
    private boolean isLate(KeyState state, long bucket) {
        if (bucket >= state.firstOpen()) {
            return false;
        }
        return state.open.born() || bucket < clock.due() || state.open.newest() - bucket >= mostOpen;
    }

    private KeyState close(String key, KeyState state, long due, Source source) {
        Closing closing = forecaster.close(model, key, state, due, source);
        keys.saveSeries(key, closing.state());
        outlet.closed(closing.state().firstOpen() - state.firstOpen());
        closing.scores().forEach(outlet::score);
        if (closing.forecast() != null) {
            outlet.forecast(closing.forecast());
        }
        return closing.state();
    }

    private void sweep(Source source) {
        List<String> next = openStore.keysAfter(clock.cursor(), MOST_SWEPT);
        for (String key : next) {
            KeyState state = keys.loadIfDue(key, clock.due());
            if (state != null) {
                keys.saveOpen(key, close(key, state, clock.due(), source));
            }
        }
        clock.swept(next.size() < MOST_SWEPT ? null : next.get(next.size() - 1));
    }

    private void stepAtOnce(Observation o) {
        SeriesState series = keys.loadSeries(o.key());
        long open = series == null
                ? Long.MIN_VALUE
                : series.time - forecaster.settings().graceMillis();
        if (o.time() < open) {
            outlet.late(o, open);
            return;
        }
        KeyState state = series == null ? forecaster.birth(o) : keys.withoutBuckets(series);
        Closing closing = forecaster.step(model, state, o);
        keys.saveSeries(o.key(), closing.state());
        outlet.closed(1);
        closing.scores().forEach(outlet::score);
        if (closing.forecast() != null) {
            outlet.forecast(closing.forecast());
        }
    }

    /** A key-value store in key order (unsigned UTF-8 bytes); what is put is never written to again. */
    public interface Store {
        byte @Nullable [] get(String key);

        void put(String key, byte[] value);

        void delete(String key);

        /** Up to limit keys greater than `after` (from the first when null), ascending. */
        List<String> keysAfter(@Nullable String after, int limit);
    }

    /** Where the fold's words go; called on the thread that calls observe. */
    public interface Outlet {
        void forecast(Forecast forecast);

        void score(Score score);

        /** The observation's bucket is closed for its key; closedUntil is the first moment that is still open. */
        void late(Observation observation, long closedUntil);

        /** Stored bytes could not be read; the key starts again from the prior. */
        void corrupt(String key, String why);

        /** So many buckets of a key have closed, silent ones included; for counting, so it need not be heard. */
        default void closed(long buckets) {}
    }
}
