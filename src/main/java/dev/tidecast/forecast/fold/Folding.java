package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the keys of a partition take their observations in: in buckets, or each observation as a step of its own. */
interface Folding {
    static Folding of(Forecaster forecaster, KeyStates keys) {
        return forecaster.settings().buckets().isNone()
                ? new StepFolding(forecaster, keys)
                : new BucketFolding(forecaster, keys);
    }

    /** The clock learns the time of an observation's source. */
    void hear(Clock time, Observation o);

    /** The state of a key, null if it has none (any more); it holds until the next state is loaded. */
    @Nullable
    KeyState load(String key);

    /** The observation's own key takes it in. */
    Answer take(Turn turn, Observation o, @Nullable KeyState loaded);

    /** Closes what is due of some other keys. */
    List<Closing> sweep(Turn turn, Source source, List<Setback> setbacks);
}
