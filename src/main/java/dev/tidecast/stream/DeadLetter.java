package dev.tidecast.stream;

import dev.tidecast.series.Source;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, as it goes to the dead letter topic: key, value and headers as they came, and these
 * headers added: the names Kafka Streams itself uses for a failed record (exception, message, topic, partition, offset; a
 * stack trace only where something failed), and ours: reason, detail, pipeline. All text in UTF-8.
 *
 * <p>What would not fit into one record any more keeps only the beginning of its value, loses its own headers, and says
 * so in {@code tidecast-truncated}: a dead letter must never be the reason for the next one.
 */
record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    static final String REASON = "tidecast-reason";
    static final String DETAIL = "tidecast-detail";
    static final String PIPELINE = "tidecast-pipeline";
    static final String TRUNCATED = "tidecast-truncated";
    static final String EXCEPTION = "__streams.errors.exception";
    static final String MESSAGE = "__streams.errors.message";
    static final String STACK_TRACE = "__streams.errors.stacktrace";
    static final String TOPIC = "__streams.errors.topic";
    static final String PARTITION = "__streams.errors.partition";
    static final String OFFSET = "__streams.errors.offset";

    /** The most a dead letter takes over: a producer's usual limit is 1 MB. */
    private static final int LARGEST = 900_000;

    private static final int BEGINNING = 64 * 1024;
    private static final int LONGEST_STACK = 4096;
    private static final int LONGEST_DETAIL = 512;

    /** The dead letter of a record that was refused. */
    static DeadLetter of(DeadLetter original, String pipeline, Source source, BadEvent why) {
        return make(original, pipeline, source, why.reason(), why.detail(), why);
    }

    /** The dead letter of a record something failed on. */
    static DeadLetter of(DeadLetter original, String pipeline, Source source, Reason reason, Throwable failure) {
        return make(original, pipeline, source, reason, root(failure).toString(), failure);
    }

    private static DeadLetter make(
            DeadLetter original, String pipeline, Source source, Reason reason, String detail, Throwable failure) {
        DeadLetter letter = original.fitting();
        put(letter.headers, REASON, reason.name());
        put(letter.headers, DETAIL, detail);
        put(letter.headers, PIPELINE, pipeline);
        put(letter.headers, EXCEPTION, failure.getClass().getName());
        put(letter.headers, MESSAGE, String.valueOf(failure.getMessage()));
        if (!(failure instanceof BadEvent)) {
            put(letter.headers, STACK_TRACE, cut(stack(failure), LONGEST_STACK));
        }
        put(letter.headers, TOPIC, source.topic());
        put(letter.headers, PARTITION, Integer.toString(source.partition()));
        put(letter.headers, OFFSET, Long.toString(source.offset()));
        return letter;
    }

    private DeadLetter fitting() {
        long size = size(key) + size(value);
        for (Header header : headers) {
            size += header.key().length() + size(header.value());
        }
        if (size <= LARGEST) {
            return new DeadLetter(key, value, new RecordHeaders(headers));
        }
        return beginning();
    }

    /** Only the beginning of key and value, and a header that says how long they were. */
    DeadLetter beginning() {
        Headers only = new RecordHeaders();
        put(only, TRUNCATED, "key " + size(key) + " bytes, value " + size(value) + " bytes");
        return new DeadLetter(beginning(key), beginning(value), only);
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= BEGINNING ? bytes : Arrays.copyOf(bytes, BEGINNING);
    }

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        // Bounded: a cause may lead back to itself through others.
        for (int i = 0; i < 16 && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }

    /** At most so many bytes of UTF-8, never half a character. */
    private static byte[] cut(String text, int bytes) {
        byte[] utf8 = text.substring(0, Math.min(text.length(), bytes)).getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= bytes) {
            return utf8;
        }
        int end = bytes;
        while (end > 0 && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(utf8, end);
    }

    private static void put(Headers headers, String name, String text) {
        put(headers, name, cut(text, LONGEST_DETAIL));
    }

    // A dead letter that was replayed and died again must not show two verdicts.
    private static void put(Headers headers, String name, byte[] text) {
        headers.remove(name);
        headers.add(name, text);
    }
}
