package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** With buckets: they take events until the watermark makes them due, and those of silent keys are swept. */
final class BucketFolding implements Folding {
    /** Keys visited per observation while a sweep is under way. */
    static final int MOST_SWEPT = 64;
    /** How many buckets a key may run ahead of what grace needs, while a slow source holds the watermark. */
    static final int MOST_AHEAD = 64;

    private final Forecaster forecaster;
    private final KeyStates keys;
    private final Buckets buckets;
    private final long graceMillis;
    private final long mostOpen;

    BucketFolding(Forecaster forecaster, KeyStates keys) {
        this.forecaster = forecaster;
        this.keys = keys;
        this.buckets = forecaster.settings().buckets();
        this.graceMillis = forecaster.settings().graceMillis();
        long size = buckets.usualMillis();
        this.mostOpen = 1 + (graceMillis + size - 1) / size + MOST_AHEAD;
    }

    @Override
    public void hear(Clock time, Observation o) {
        long due = buckets.index(o.sourceTime() - graceMillis);
        time.hear(o.source(), due, buckets.index(o.sourceTime()), o.live());
    }

    @Override
    public @Nullable KeyState load(String key) {
        return keys.load(key);
    }

    @Override
    public Answer take(Turn turn, Observation o, @Nullable KeyState loaded) {
        Clock time = turn.time();
        long bucket = buckets.index(o.time());
        KeyState state = loaded == null ? forecaster.birth(o) : loaded;
        Closing closing = null;
        long due = Math.max(time.due(), bucket - mostOpen + 1);
        if (loaded != null && state.firstOpen() < due) {
            closing = close(turn, o.key(), state, due, o.source());
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
        Forecast forecast =
                answers ? dated(time, forecaster.partial(turn.model(), state, o, now(time, o)), state) : null;
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

    private Closing close(Turn turn, String key, KeyState state, long due, Source source) {
        Closing closing = forecaster.close(turn.model(), key, state, due, source);
        Forecast forecast = closing.forecast();
        return forecast == null ? closing : closing.with(dated(turn.time(), forecast, closing.state()));
    }

    /** Says so where even the last step of a forecast lies before what other sources have reached. */
    private static Forecast dated(Clock time, Forecast forecast, KeyState state) {
        boolean stale = state.firstOpen() + forecast.horizon() <= time.newest();
        return stale ? forecast.asStale() : forecast;
    }

    @Override
    public List<Closing> sweep(Turn turn, Source source, List<Setback> setbacks) {
        Clock time = turn.time();
        time.startSweepIfDue();
        if (!time.isSweeping()) {
            return List.of();
        }
        List<Closing> closings = new ArrayList<>();
        List<String> next = keys.after(time.cursor(), MOST_SWEPT);
        for (String key : next) {
            KeyState loaded = turn.failed().isGivenUp(key) ? null : keys.loadIfDue(key, time.due());
            if (loaded != null) {
                sweep(turn, key, loaded, source, closings, setbacks);
            }
        }
        time.swept(next.size() < MOST_SWEPT ? null : next.get(next.size() - 1));
        return closings;
    }

    private void sweep(
            Turn turn, String key, KeyState loaded, Source source, List<Closing> closings, List<Setback> setbacks) {
        try {
            Closing closing = close(turn, key, loaded, turn.time().due(), source);
            keys.save(key, loaded, closing.state());
            closings.add(closing);
            turn.failed().remove(key);
        } catch (RuntimeException e) {
            setbacks.add(new Setback(key, Setback.Kind.FAILED, e, turn.failed().add(key)));
        }
    }
}
