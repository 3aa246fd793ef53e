package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.state.KeyState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The close of the due buckets of one key.
 *
 * @param buckets how many buckets have closed, those without events included
 * @param forecast null when nothing was due
 * @param scores one per closed bucket with a forecast that was due, oldest first
 */
public record Closing(
        String key, KeyState state, long buckets, @Nullable Forecast forecast, List<Score> scores) {

    Closing with(Forecast other) {
        return new Closing(key, state, buckets, other, scores);
    }
}
