package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Without buckets: an observation is a step, closed at once. Time is that of each key, so nothing becomes due by itself. */
final class StepFolding implements Folding {
    private final Forecaster forecaster;
    private final KeyStates keys;

    StepFolding(Forecaster forecaster, KeyStates keys) {
        this.forecaster = forecaster;
        this.keys = keys;
    }

    @Override
    public void hear(Clock time, Observation o) {
        // A source's time closes nothing here.
    }

    @Override
    public @Nullable KeyState load(String key) {
        return keys.loadWithoutBuckets(key);
    }

    @Override
    public Answer take(Turn turn, Observation o, @Nullable KeyState loaded) {
        long closedUntil = loaded == null || loaded.series == null
                ? Long.MIN_VALUE
                : loaded.series.position().time() - forecaster.settings().graceMillis();
        if (o.time() < closedUntil) {
            return Answer.late(null, new Answer.Late(closedUntil));
        }
        Closing closing = forecaster.step(turn.model(), loaded == null ? forecaster.birth(o) : loaded, o);
        keys.saveWithoutBuckets(o.key(), loaded, closing.state());
        return Answer.of(closing, null);
    }

    @Override
    public List<Closing> sweep(Turn turn, Source source, List<Setback> setbacks) {
        return List.of();
    }
}
