package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Observation;
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
 *   <li>if a sweep is under way, at most {@link BucketFolding#MOST_SWEPT} keys are visited in key order and their due buckets close.
 * </ol>
 *
 * <p>Each observation is all or nothing: the stores are written when it is through. A key that cannot be closed stays as
 * it was, and every other key goes on ({@link Setback}).
 */
public final class PartitionFold {
    private static final String CLOCK_KEY = Setback.CLOCK;

    private final Forecaster forecaster;
    private final Model model;
    private final Sources sources;
    private final StagedStore open;
    private final StagedStore series;
    private final StagedStore clockStore;
    private final List<Setback> setbacks = new ArrayList<>();
    private final Folding folding;
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
        KeyStates keys = new KeyStates(forecaster, open, series, setbacks);
        this.folding = Folding.of(forecaster, keys);
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
        Turn turn = new Turn(model, time, failed());
        folding.hear(time, o);
        Answer own = ofItsKey(turn, o, folding.load(o.key()));
        List<Closing> swept = folding.sweep(turn, o.source(), setbacks);
        if (time.isChanged()) {
            clockStore.put(CLOCK_KEY, time.write(forecaster.fingerprint()));
        }
        List<Setback> told = List.copyOf(setbacks);
        setbacks.clear();
        return own.with(swept, told);
    }

    /** A failure here is the observation's own: it is told, and the time goes on. */
    private Answer ofItsKey(Turn turn, Observation o, @Nullable KeyState loaded) {
        try {
            Answer own = folding.take(turn, o, loaded);
            turn.failed().remove(o.key());
            return own;
        } catch (RuntimeException e) {
            return Answer.failed(e);
        }
    }
}
