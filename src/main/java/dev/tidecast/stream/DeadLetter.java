package dev.tidecast.stream;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to the dead letter topic, and the names of the headers it gets there: those Kafka Streams itself
 * uses for a failed record (exception, message, topic, partition, offset; a stack trace only where something failed), and
 * ours: reason, detail, pipeline, and what was cut off. All text in UTF-8.
 */
public record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    public static final String REASON = "tidecast-reason";
    public static final String DETAIL = "tidecast-detail";
    public static final String PIPELINE = "tidecast-pipeline";
    public static final String TRUNCATED = "tidecast-truncated";
    public static final String EXCEPTION = "__streams.errors.exception";
    public static final String MESSAGE = "__streams.errors.message";
    public static final String STACK_TRACE = "__streams.errors.stacktrace";
    public static final String TOPIC = "__streams.errors.topic";
    public static final String PARTITION = "__streams.errors.partition";
    public static final String OFFSET = "__streams.errors.offset";
}
