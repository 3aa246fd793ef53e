package dev.tidecast.forecast;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The fold of one key over a whole history that is known already, seen after every closed step: for training. */
final class Rehearsal {
    private final Buckets buckets;
    private final Steps steps;
    private final Close close;

    /** Closes the next bucket of a state, with what it took, or silently. */
    @FunctionalInterface
    interface Close {
        void close(Model model, SeriesState s, OpenState.@Nullable Slot slot);
    }

    Rehearsal(Settings settings, Steps steps, Close close) {
        this.buckets = settings.buckets();
        this.steps = steps;
        this.close = close;
    }

    /** The bucket a history begins in. */
    long firstIndex(List<Observation> history) {
        return buckets.isNone() ? 0 : buckets.index(history.get(0).time());
    }

    /** Folds a history whose observations come in the order of their buckets. */
    SeriesState run(
            Model model, List<Observation> history, float[] levels, BiConsumer<SeriesState, Outlook.Sight> seen) {
        SeriesState s = steps.birth(history.get(0).key(), firstIndex(history), levels);
        for (int i = 0; i < history.size(); ) {
            long bucket = bucket(history.get(i), s);
            OpenState open = OpenState.birth(bucket);
            do {
                open = open.with(bucket, history.get(i), buckets.aggregate());
                i++;
            } while (!buckets.isNone() && i < history.size() && bucket(history.get(i), s) == bucket);
            while (s.next <= bucket) {
                close.close(model, s, s.next == bucket ? open.slot(bucket) : null);
                seen.accept(s, steps.issue(model, s, false));
            }
        }
        return s;
    }

    private long bucket(Observation o, SeriesState s) {
        return buckets.isNone() ? s.next : buckets.index(o.time());
    }
}
