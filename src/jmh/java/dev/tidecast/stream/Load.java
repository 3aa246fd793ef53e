package dev.tidecast.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The input of the bench: every key in turn has an event, {@link #PER_BUCKET} rounds make a day, event time moves evenly.
 * A record is a 14-byte key and 90 bytes of JSON. It is written ahead, while nobody is measured.
 */
final class Load implements AutoCloseable {
    static final String TOPIC = "bench.events";
    static final int PER_BUCKET = 4;
    static final int PARTITIONS = 2;
    private static final long ROUND_MILLIS = 86_400_000L / PER_BUCKET;
    private static final long START = Instant.parse("2001-01-01T00:00:00Z").toEpochMilli();

    private final int keys;
    private final byte[][] names;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long written;
    private long second = Long.MIN_VALUE;
    private String moment = "";

    Load(String bootstrap, int keys) {
        this.keys = keys;
        this.names = new byte[keys][];
        for (int i = 0; i < keys; i++) {
            names[i] = "key-%010d".formatted(i).getBytes(StandardCharsets.US_ASCII);
        }
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "1", "linger.ms", 20, "batch.size", 1 << 18),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    long written() {
        return written;
    }

    /** Writes until so many records have been written in all. */
    void fillTo(long total) {
        while (written < total) {
            int key = (int) (written % keys);
            producer.send(new ProducerRecord<>(TOPIC, names[key], value(key)), (metadata, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, problem);
                }
            });
            written++;
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("the load could not be written", failure.get());
        }
    }

    private byte[] value(int key) {
        long round = written / keys;
        long time = START + round * ROUND_MILLIS + ROUND_MILLIS * key / keys;
        if (time / 1000 != second) {
            second = time / 1000;
            moment = Instant.ofEpochSecond(second).toString();
        }
        // A season of a week, a size of the key's own and some noise, without a throw of dice a record.
        long mixed = (written + 1) * 0x9E3779B97F4A7C15L;
        long quantity = 10 + key % 40 + 5 * (round / PER_BUCKET % 7) + (mixed >>> 60);
        String json = "{\"qty\":" + quantity + ",\"sold_at\":\"" + moment
                + "\",\"store\":\"0042\",\"sku\":\"A-0456789\"" + ",\"till\":\"007\"}";
        return json.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        producer.close();
    }
}
