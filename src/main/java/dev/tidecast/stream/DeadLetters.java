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
 * Makes the dead letters of a pipeline: key, value and headers as they came, and the headers of {@link DeadLetter} added.
 *
 * <p>What would not fit into one record any more keeps only the beginning of its value, loses its own headers, and says
 * so in {@code tidecast-truncated}: a dead letter must never be the reason for the next one, nor, within a transaction,
 * the end of it.
 */
final class DeadLetters {
    /** More than our own headers take, and what Kafka adds to a record. */
    static final int OVERHEAD = 8 * 1024;

    private static final int BEGINNING = 64 * 1024;
    private static final int LONGEST_STACK = 4096;
    private static final int LONGEST_DETAIL = 512;

    private final String pipeline;
    private final int largest;

    /** @param largestRecord the most bytes the producer sends as one record */
    DeadLetters(String pipeline, int largestRecord) {
        this.pipeline = pipeline;
        this.largest = largestRecord - OVERHEAD;
    }

    /** The dead letter of a record that was refused. */
    DeadLetter of(DeadLetter original, Source source, BadEvent why) {
        return make(fitting(original), source, why.reason(), why.detail(), why);
    }

    /** The dead letter of a record something failed on. */
    DeadLetter of(DeadLetter original, Source source, Reason reason, Throwable failure) {
        return make(fitting(original), source, reason, Failures.root(failure).toString(), failure);
    }

    /** The dead letter of a record that was too large to be written, whatever its size. */
    DeadLetter ofBeginning(DeadLetter original, Source source, Throwable failure) {
        return make(
                beginning(original),
                source,
                Reason.PRODUCTION_ERROR,
                Failures.root(failure).toString(),
                failure);
    }

    private DeadLetter make(DeadLetter letter, Source source, Reason reason, String detail, Throwable failure) {
        Headers headers = letter.headers();
        put(headers, DeadLetter.REASON, reason.name());
        put(headers, DeadLetter.DETAIL, detail);
        put(headers, DeadLetter.PIPELINE, pipeline);
        put(headers, DeadLetter.EXCEPTION, failure.getClass().getName());
        put(headers, DeadLetter.MESSAGE, String.valueOf(failure.getMessage()));
        if (!(failure instanceof BadEvent)) {
            put(headers, DeadLetter.STACK_TRACE, cut(stack(failure), LONGEST_STACK));
        }
        put(headers, DeadLetter.TOPIC, source.topic());
        put(headers, DeadLetter.PARTITION, Integer.toString(source.partition()));
        put(headers, DeadLetter.OFFSET, Long.toString(source.offset()));
        return letter;
    }

    private DeadLetter fitting(DeadLetter original) {
        long size = size(original.key()) + size(original.value());
        for (Header header : original.headers()) {
            // A header costs at most three bytes per character of its name and two lengths.
            size += 3L * header.key().length() + size(header.value()) + 10;
        }
        return size <= largest
                ? new DeadLetter(original.key(), original.value(), new RecordHeaders(original.headers()))
                : beginning(original);
    }

    private DeadLetter beginning(DeadLetter original) {
        Headers only = new RecordHeaders();
        put(
                only,
                DeadLetter.TRUNCATED,
                "key " + size(original.key()) + " bytes, value " + size(original.value()) + " bytes");
        return new DeadLetter(beginning(original.key()), beginning(original.value()), only);
    }

    private byte @Nullable [] beginning(byte @Nullable [] bytes) {
        int most = Math.min(BEGINNING, largest / 2);
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, most);
    }

    private static long size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String stack(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
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
