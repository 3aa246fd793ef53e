package dev.tidecast.series;

/** Where a record came from: the answer to "which input made this number". The timestamp is the Kafka record's own. */
public record Source(String topic, int partition, long offset, long timestamp) {}
