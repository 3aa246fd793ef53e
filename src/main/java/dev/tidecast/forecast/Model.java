package dev.tidecast.forecast;

import dev.tidecast.nn.Weights;
import dev.tidecast.series.Horizons;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is learned and shared by all keys: where the experts begin ({@link Prior} has the layout), and the network's weights,
 * made ready to run; without them the experts forecast alone. Read by all threads, changed by none.
 */
public record Model(String version, float[] prior, @Nullable Weights network) {
    /** The same with the network alone: no other expert is ever heard. */
    public Model withoutExperts() {
        float[] other = prior.clone();
        for (int k = 0; k < Horizons.KINDS; k++) {
            int at = k * Prior.GROUP_SIZE;
            Arrays.fill(other, at, at + Expert.COUNT, 0);
            other[at + Expert.NETWORK.ordinal()] = 1;
        }
        return new Model(version, other, network);
    }

    /** The same with a mix that stays where it is at first. */
    public Model withoutMixing() {
        float[] other = prior.clone();
        other[Prior.SQUARINGS] = 0;
        return new Model(version, other, network);
    }

    /** The same with quantiles that stay where they are at first. */
    public Model withoutCalibration() {
        float[] other = prior.clone();
        other[Prior.CALIBRATION] = 0;
        return new Model(version, other, network);
    }
}
