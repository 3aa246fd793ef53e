package dev.tidecast.pipeline;

/** Where the number stands in an event, and how it is written there. */
public record ValueSpec(JsonPath path, NumberForm form) {}
