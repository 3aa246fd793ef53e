package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Kinship;
import java.util.List;

/**
 * What names a series: the record's own key (no paths), or values inside the event. One path gives the value itself as
 * key, several give {@code store=12/sku=A-77}; both re-make the key, so the topic is repartitioned.
 *
 * @param kinship which parts of it make series alike
 */
public record KeySpec(List<JsonPath> paths, Kinship kinship) {
    /** The record's own key. */
    public static final KeySpec RECORD = new KeySpec(List.of());

    public KeySpec {
        paths = List.copyOf(paths);
    }

    /** All series are alike. */
    public KeySpec(List<JsonPath> paths) {
        this(paths, Kinship.NONE);
    }

    public boolean isRecordKey() {
        return paths.isEmpty();
    }

    KeySpec with(Kinship other) {
        return new KeySpec(paths, other);
    }
}
