package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything one observation led to. It is sent in this order: the close of the observation's own key, then the
 * observation's forecast, then what the sweep closed.
 *
 * @param closing the buckets of the observation's own key that were due; null if none was
 * @param late the observation came after its bucket had closed, and changed nothing; null if it did not
 * @param forecast the forecast at this observation; null if it is late, or if the pipeline answers at closes only
 * @param failure why the observation could not be folded in; nothing of it was kept. Null if it was
 * @param swept other keys whose buckets were due
 * @param setbacks what went wrong with single keys
 */
public record Answer(
        @Nullable Closing closing,
        @Nullable Late late,
        @Nullable Forecast forecast,
        @Nullable RuntimeException failure,
        List<Closing> swept,
        List<Setback> setbacks) {

    /** @param closedUntil the first moment that is still open for the key */
    public record Late(long closedUntil) {}

    /**
     * What is forecast for the observation's key now: the forecast at the observation, else that of its key's last close.
     * Empty if the observation is late and closed nothing, or if the pipeline answers at closes only and none was due.
     *
     * @throws RuntimeException the {@code failure}, if the observation could not be folded in
     */
    public Optional<Forecast> latest() {
        if (failure != null) {
            throw failure;
        }
        Forecast closed = closing == null ? null : closing.forecast();
        return Optional.ofNullable(forecast == null ? closed : forecast);
    }

    static Answer of(@Nullable Closing closing, @Nullable Forecast forecast) {
        return new Answer(closing, null, forecast, null, List.of(), List.of());
    }

    static Answer late(@Nullable Closing closing, Late late) {
        return new Answer(closing, late, null, null, List.of(), List.of());
    }

    static Answer failed(RuntimeException failure) {
        return new Answer(null, null, null, failure, List.of(), List.of());
    }

    Answer with(List<Closing> closings, List<Setback> told) {
        if (closings.isEmpty() && told.isEmpty()) {
            return this;
        }
        return new Answer(closing, late, forecast, failure, closings, told);
    }

    /** All closes in the order in which they are sent. */
    public List<Closing> closings() {
        if (closing == null) {
            return swept;
        }
        List<Closing> all = new ArrayList<>(1 + swept.size());
        all.add(closing);
        all.addAll(swept);
        return all;
    }
}
