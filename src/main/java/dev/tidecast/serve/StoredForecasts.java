package dev.tidecast.serve;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records of a pipeline's forecasts topic again, for {@link Lookup}. One consumer is opened at the first
 * question and kept; it is given back after a failure. The HTTP threads take turns with it.
 */
final class StoredForecasts implements AutoCloseable {
    private final String topic;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Consumer<byte[], byte[]> open; // guarded by turn
    private volatile boolean closed;

    /** @param patience how long a question may take, the wait for its turn included */
    StoredForecasts(String topic, Supplier<Consumer<byte[], byte[]>> consumers, Duration patience) {
        this.topic = topic;
        this.consumers = consumers;
        this.patience = patience;
    }

    /**
     * The forecast of this key that was written here, or a newer one that stands next to it; null if compaction has taken
     * it for a newer one that stands elsewhere.
     *
     * @throws org.apache.kafka.common.KafkaException if it could not be read in time or at all
     */
    byte @Nullable [] read(String key, ForecastIndex.Place place) {
        long end = System.nanoTime() + patience.toNanos();
        takeTurn();
        try {
            Consumer<byte[], byte[]> mine = consumer();
            boolean read = false;
            try {
                ConsumerRecord<byte[], byte[]> record = seek(mine, place, end);
                read = true;
                return Arrays.equals(record.key(), bytes(key)) ? record.value() : null;
            } finally {
                if (!read) {
                    drop();
                }
            }
        } finally {
            turn.unlock();
        }
    }

    /** Gives the consumer back; later questions fail. */
    @Override
    public void close() {
        closed = true;
        turn.lock();
        try {
            drop();
        } finally {
            turn.unlock();
        }
    }

    /** The first record that stands there or behind. */
    private ConsumerRecord<byte[], byte[]> seek(Consumer<byte[], byte[]> mine, ForecastIndex.Place place, long end) {
        TopicPartition partition = new TopicPartition(topic, place.partition());
        mine.assign(Set.of(partition));
        mine.seek(partition, place.offset());
        while (true) {
            long left = end - System.nanoTime();
            if (left <= 0 || closed) {
                throw new TimeoutException("the record at offset " + place.offset() + " of " + partition
                        + " did not come within " + patience.toMillis() + " ms");
            }
            for (ConsumerRecord<byte[], byte[]> record : mine.poll(Duration.ofNanos(left))) {
                return record;
            }
        }
    }

    private void takeTurn() {
        try {
            if (!turn.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException("others were asking for longer than " + patience.toMillis() + " ms");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e); // It interrupts the thread again.
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        if (closed) {
            throw new TimeoutException("the server is being closed");
        }
        Consumer<byte[], byte[]> mine = open;
        if (mine == null) {
            mine = consumers.get();
            open = mine;
        }
        return mine;
    }

    private void drop() {
        Consumer<byte[], byte[]> mine = open;
        open = null;
        if (mine != null) {
            mine.close(CloseOptions.timeout(Duration.ZERO));
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
