package dev.tidecast.forecast.model;

import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.nn.Weights;
import dev.tidecast.series.Horizons;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is learned and shared by all keys: where the experts begin ({@link Prior} has the layout), and the network's weights,
 * made ready to run; without them the experts forecast alone. Read by all threads, changed by none.
 *
 * @param road what the highway of these keys has beside the shared one ({@link ForecastNet#beside}); null for nothing
 * @param kin the same model as keys of a {@link Kinship} see it: what they share replaces what all share
 * @param trained what it was trained on; null where that is not known or was made for it
 */
public record Model(
        String version,
        float[] prior,
        @Nullable Weights network,
        float @Nullable [] road,
        SortedMap<String, Model> kin,
        @Nullable TrainingSpan trained) {
    /** One that does not say what it was trained on. */
    public Model(
            String version,
            float[] prior,
            @Nullable Weights network,
            float @Nullable [] road,
            SortedMap<String, Model> kin) {
        this(version, prior, network, road, kin, null);
    }

    /** Where all keys are alike. */
    public Model(String version, float[] prior, @Nullable Weights network) {
        this(version, prior, network, null, new TreeMap<>());
    }

    /** As this key sees it. */
    public Model of(Kinship kinship, String key) {
        return kin.isEmpty() ? this : of(kinship.of(key));
    }

    /** As a key of this kin sees it. */
    public Model of(String name) {
        return kin.isEmpty() ? this : kin.getOrDefault(name, this);
    }

    /** The same, trained on this. */
    public Model withTrained(@Nullable TrainingSpan span) {
        return new Model(version, prior, network, road, kin, span);
    }

    /** The same with the network alone: no other expert is ever heard. */
    public Model withoutExperts() {
        return each(other -> {
            for (int k = 0; k < Horizons.KINDS; k++) {
                int at = k * Prior.GROUP_SIZE;
                Arrays.fill(other, at, at + Expert.COUNT, 0);
                other[at + Expert.NETWORK.ordinal()] = 1;
            }
        });
    }

    /** The same with a mix that stays where it is at first. */
    public Model withoutMixing() {
        return each(other -> other[Prior.SQUARINGS] = 0);
    }

    /** The same with quantiles that stay where they are at first. */
    public Model withoutCalibration() {
        return each(other -> other[Prior.CALIBRATION] = 0);
    }

    private interface Change {
        void to(float[] prior);
    }

    private Model each(Change change) {
        float[] other = prior.clone();
        change.to(other);
        SortedMap<String, Model> changed = new TreeMap<>();
        kin.forEach((name, model) -> changed.put(name, model.each(change)));
        return new Model(version, other, network, road, changed, trained);
    }
}
