package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Kinship;
import org.jspecify.annotations.Nullable;

/**
 * The topic a pipeline reads, and where things stand in its records.
 *
 * @param time where the event time stands; null: it is the record's own
 * @param censored where it stands that the value is only the least it can have been; null: nowhere
 */
public record SourceSpec(
        String role,
        String topic,
        KeySpec key,
        ValueSpec value,
        @Nullable JsonPath time,
        @Nullable JsonPath censored) {
    /** The same with other series alike. */
    SourceSpec with(Kinship kinship) {
        return new SourceSpec(role, topic, key.with(kinship), value, time, censored);
    }

    /** A source whose values are JSON numbers and the whole of it. */
    public SourceSpec(String role, String topic, KeySpec key, JsonPath value, @Nullable JsonPath time) {
        this(role, topic, key, new ValueSpec(value, NumberForm.JSON), time, null);
    }
}
