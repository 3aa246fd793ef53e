package dev.tidecast.pipeline;

import org.jspecify.annotations.Nullable;

/** The topic a pipeline reads, and where key, value and event time stand in its records; no time: the record's own. */
public record SourceSpec(
        String role,
        String topic,
        KeySpec key,
        JsonPath value,
        @Nullable JsonPath time) {}
