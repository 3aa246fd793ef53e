package dev.tidecast.forecast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a close leaves behind.
 *
 * @param forecast null when nothing was due
 * @param scores one per closed bucket with a matured forecast, oldest first
 */
public record Closing(KeyState state, @Nullable Forecast forecast, List<Score> scores) {}
