package dev.tidecast.pipeline;

import java.util.List;

/**
 * What names a series: the record's own key (no paths), or values inside the event. One path gives the value itself as
 * key, several give {@code store=12/sku=A-77}; both re-make the key, so the topic is repartitioned.
 */
public record KeySpec(List<JsonPath> paths) {
    /** The record's own key. */
    public static final KeySpec RECORD = new KeySpec(List.of());

    public KeySpec {
        paths = List.copyOf(paths);
    }

    public boolean isRecordKey() {
        return paths.isEmpty();
    }
}
