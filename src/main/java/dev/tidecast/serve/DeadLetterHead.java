package dev.tidecast.serve;

import dev.tidecast.stream.DeadLetter;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The headers of a dead letter: why it is one, and where its record came from (partition and offset -1 if unknown). */
public record DeadLetterHead(String reason, String topic, int partition, long offset) {

    /** Reads the headers of a record of the dead letter topic. */
    public static DeadLetterHead of(ConsumerRecord<byte[], byte[]> record) {
        return new DeadLetterHead(
                text(record, DeadLetter.REASON),
                text(record, DeadLetter.TOPIC),
                (int) number(record, DeadLetter.PARTITION),
                number(record, DeadLetter.OFFSET));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? "UNKNOWN"
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = text(record, name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
}
