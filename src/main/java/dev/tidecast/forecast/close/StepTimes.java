package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Buckets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** When steps begin. Without buckets nobody knows it of a step that has not come. Shared by all threads. */
final class StepTimes {
    private static final int KNOWN = 16;

    private final Buckets buckets;
    private final int horizon;
    /** The starts of the steps of recent forecasts, by the bucket of their origin. */
    private final AtomicReferenceArray<@Nullable Starts> known = new AtomicReferenceArray<>(KNOWN);

    private record Starts(long first, long[] moments) {}

    StepTimes(Settings settings) {
        this.buckets = settings.buckets();
        this.horizon = settings.horizon();
    }

    /** Of a state: the start of its first open bucket, or without buckets the time of its last step. */
    long origin(SeriesState.Position at) {
        return buckets.isNone() ? at.time() : buckets.start(at.next());
    }

    /** The start of a step that has passed, as a score names it. */
    long past(long step) {
        return buckets.isNone() ? Score.Issued.NO_ORIGIN : buckets.start(step);
    }

    /** The starts of the steps from the first one on. Most forecasts of a time have the same: they share them. */
    long @Nullable [] from(long first) {
        if (buckets.isNone()) {
            return null;
        }
        int place = (int) Math.floorMod(first, (long) KNOWN);
        Starts starts = known.get(place);
        if (starts == null || starts.first != first) {
            long[] moments = new long[horizon];
            for (int i = 0; i < moments.length; i++) {
                moments[i] = buckets.start(first + i);
            }
            starts = new Starts(first, moments);
            known.set(place, starts);
        }
        return starts.moments;
    }
}
