package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All keys of one partition: the watermark, what it makes due, the fold of each key. The stream processor, the oracle,
 * the backtest and the tests call the same code. It is pure but for the stores handed in, and keeps nothing that is not
 * in them: it can be dropped after any observation and built anew without a changed byte. Not thread-safe: one per task.
 *
 * <p>An observation goes through these steps, with bounded work:
 * <ol>
 *   <li>its source's time moves the watermark ({@link Clock});
 *   <li>the due buckets of its key close (end + grace at or before the watermark);
 *   <li>if its bucket is closed for its key, it is late and changes nothing more;
 *   <li>else its bucket takes it, and a partial forecast is made;
 *   <li>if a sweep is under way, at most {@link #MOST_SWEPT} keys are visited in key order and their due buckets close.
 * </ol>
 *
 * <p>Each observation is all or nothing: the stores are written when it is through. A key that cannot be closed stays as
 * it was, and every other key goes on ({@link Setback}).
 */
public final class PartitionFold {
    /** Keys visited per observation while a sweep is under way. */
    static final int MOST_SWEPT = 64;
    /** How many buckets a key may run ahead of what grace needs, while a slow source holds the watermark. */
    static final int MOST_AHEAD = 64;

    private static final String CLOCK_KEY = Setback.CLOCK;

    private final Forecaster forecaster;
    private final Model model;
    private final Sources sources;
    private final Buckets buckets;
    private final long mostOpen;
    private final StagedStore open;
    private final StagedStore series;
    private final StagedStore clockStore;
    private final List<Setback> setbacks = new ArrayList<>();
    private final KeyStates keys;
    private @Nullable Clock clock;
    private @Nullable FailedKeys failed;

    /**
     * Continues where the stores stand.
     *
     * @throws NewerFormatException if a newer version wrote the clock
     * @throws OtherShapeException if it was written under settings of another shape
     */
    public PartitionFold(Forecaster forecaster, Model model, Stores stores, Sources sources) {
        this.forecaster = forecaster;
        this.model = model;
        this.sources = sources;
        this.open = new StagedStore(stores.open());
        this.series = new StagedStore(stores.series());
        this.clockStore = new StagedStore(stores.clock());
        this.keys = new KeyStates(forecaster, open, series, setbacks);
        this.buckets = forecaster.settings().buckets();
        long size = Math.max(1, buckets.usualMillis());
        this.mostOpen = 1 + (forecaster.settings().graceMillis() + size - 1) / size + MOST_AHEAD;
        this.clock = readClock();
    }

    private Clock readClock() {
        byte[] bytes = clockStore.get(CLOCK_KEY);
        if (bytes == null) {
            return new Clock(sources);
        }
        try {
            return Clock.read(bytes, forecaster.fingerprint(), sources);
        } catch (CorruptStateException e) {
            setbacks.add(Setback.corrupt(CLOCK_KEY, e));
            return new Clock(sources);
        }
    }

    // After a failure the stores are right and what is in memory may not be: both are read again.
    private Clock clock() {
        Clock known = clock;
        if (known == null) {
            known = readClock();
            clock = known;
        }
        return known;
    }

    private FailedKeys failed() {
        FailedKeys known = failed;
        if (known == null) {
            known = new FailedKeys(clockStore, forecaster.fingerprint());
            failed = known;
        }
        return known;
    }

    /** How far the time of this partition has come. Without buckets it says nothing. */
    public Watermark watermark() {
        return clock().watermark();
    }

    /**
     * Folds one observation in. If it throws, the stores are as they were.
     *
     * @throws IllegalArgumentException if its value is outside the target's domain
     * @throws NewerFormatException if a newer version wrote the key's state
     * @throws OtherShapeException if it was written under settings of another shape
     */
    public Answer observe(Observation o) {
        if (!forecaster.accepts(o.value())) {
            throw new IllegalArgumentException("the value is outside the domain of "
                    + forecaster.settings().kind());
        }
        boolean done = false;
        try {
            Answer answer = fold(o);
            commit();
            done = true;
            return answer;
        } finally {
            if (!done) {
                discard();
            }
        }
    }

    private void commit() {
        open.commit();
        series.commit();
        clockStore.commit();
    }

    private void discard() {
        open.discard();
        series.discard();
        clockStore.discard();
        setbacks.clear();
        clock = null;
        failed = null;
    }

    private Answer fold(Observation o) {
        Clock time = clock();
        if (!buckets.isNone()) {
            time.hear(
                    o.source(),
                    buckets.index(o.sourceTime() - forecaster.settings().graceMillis()),
                    buckets.index(o.sourceTime()),
                    o.live());
        }
        KeyState loaded = buckets.isNone() ? keys.loadWithoutBuckets(o.key()) : keys.load(o.key());
        Answer own = ofItsKey(time, o, loaded);
        List<Closing> swept = buckets.isNone() ? List.of() : sweep(time, o.source());
        if (time.isChanged()) {
            clockStore.put(CLOCK_KEY, time.write(forecaster.fingerprint()));
        }
        List<Setback> told = List.copyOf(setbacks);
        setbacks.clear();
        return own.with(swept, told);
    }

    /** A failure here is the observation's own: it is told, and the time goes on. */
    private Answer ofItsKey(Clock time, Observation o, @Nullable KeyState loaded) {
        try {
            Answer own = buckets.isNone() ? stepAtOnce(o, loaded) : arrive(time, o, loaded);
            failed().remove(o.key());
            return own;
        } catch (RuntimeException e) {
            return Answer.failed(e);
        }
    }

    private Answer arrive(Clock time, Observation o, @Nullable KeyState loaded) {
        long bucket = buckets.index(o.time());
        KeyState state = loaded == null ? forecaster.birth(o) : loaded;
        Closing closing = null;
        long due = Math.max(time.due(), bucket - mostOpen + 1);
        if (loaded != null && state.firstOpen() < due) {
            closing = close(o.key(), state, due, o.source());
            state = closing.state();
        }
        if (loaded != null && isLate(time, state, bucket)) {
            if (closing != null) {
                keys.save(o.key(), loaded, state);
            }
            return Answer.late(closing, new Answer.Late(buckets.start(state.firstOpen())));
        }
        state = forecaster.arrive(state, o);
        boolean answers = forecaster.settings().emit() == Emit.EVENT;
        Forecast forecast = answers ? dated(forecaster.partial(model, state, o, now(time, o)), state) : null;
        keys.save(o.key(), loaded, state);
        return Answer.of(closing, forecast);
    }

    /**
     * The event time that an answer to this observation knows of. Of its source's time only the bucket counts, since that
     * is what the clock keeps: a restart must not change how much of a bucket has passed.
     */
    private long now(Clock time, Observation o) {
        return Math.max(o.time(), buckets.start(time.reached(o.source())));
    }

    /** Closed for this key; a key that has closed nothing may still begin earlier, in a bucket that is not due. */
    private boolean isLate(Clock time, KeyState state, long bucket) {
        if (bucket >= state.firstOpen()) {
            return false;
        }
        return state.open.born() || bucket < time.due() || state.open.newest() - bucket >= mostOpen;
    }

    private Closing close(String key, KeyState state, long due, Source source) {
        Closing closing = forecaster.close(model, key, state, due, source);
        Forecast forecast = closing.forecast();
        return forecast == null ? closing : closing.with(dated(forecast, closing.state()));
    }

    /** Says so where even the last step of a forecast lies before what other sources have reached. */
    private Forecast dated(Forecast forecast, KeyState state) {
        boolean stale = state.firstOpen() + forecast.horizon() <= clock().newest();
        return stale ? forecast.asStale() : forecast;
    }

    private List<Closing> sweep(Clock time, Source source) {
        time.startSweepIfDue();
        if (!time.isSweeping()) {
            return List.of();
        }
        List<Closing> closings = new ArrayList<>();
        List<String> next = open.keysAfter(time.cursor(), MOST_SWEPT);
        for (String key : next) {
            KeyState loaded = failed().isGivenUp(key) ? null : keys.loadIfDue(key, time.due());
            if (loaded != null) {
                sweep(key, loaded, time.due(), source, closings);
            }
        }
        time.swept(next.size() < MOST_SWEPT ? null : next.get(next.size() - 1));
        return closings;
    }

    private void sweep(String key, KeyState loaded, long due, Source source, List<Closing> closings) {
        try {
            Closing closing = close(key, loaded, due, source);
            keys.save(key, loaded, closing.state());
            closings.add(closing);
            failed().remove(key);
        } catch (RuntimeException e) {
            setbacks.add(new Setback(key, Setback.Kind.FAILED, e, failed().add(key)));
        }
    }

    private Answer stepAtOnce(Observation o, @Nullable KeyState loaded) {
        long closedUntil = loaded == null || loaded.series == null
                ? Long.MIN_VALUE
                : loaded.series.position().time() - forecaster.settings().graceMillis();
        if (o.time() < closedUntil) {
            return Answer.late(null, new Answer.Late(closedUntil));
        }
        Closing closing = forecaster.step(model, loaded == null ? forecaster.birth(o) : loaded, o);
        keys.saveWithoutBuckets(o.key(), loaded, closing.state());
        return Answer.of(closing, null);
    }
}
