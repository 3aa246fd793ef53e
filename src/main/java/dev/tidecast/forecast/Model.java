package dev.tidecast.forecast;

import dev.tidecast.nn.Weights;
import org.jspecify.annotations.Nullable;

/**
 * What is learned and shared by all keys: where the experts begin ({@link Prior} has the layout), and the network's weights,
 * made ready to run; without them the experts forecast alone. Read by all threads, changed by none.
 */
public record Model(String version, float[] prior, @Nullable Weights network) {}
