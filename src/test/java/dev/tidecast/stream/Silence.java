package dev.tidecast.stream;

import dev.tidecast.Patience;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A read-committed reader of a topic that notes how long each partition is silent. It reads on a thread of its own until
 * it is closed.
 */
final class Silence implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final CompletableFuture<Void> reader;
    private final long[] latest;
    private long longest;
    private volatile boolean closed;

    Silence(Broker broker, String topic, Duration within) {
        this.consumer = broker.consumer();
        List<TopicPartition> partitions = Broker.partitions(consumer, topic, within);
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        this.latest = new long[partitions.size()];
        begin();
        this.reader = CompletableFuture.runAsync(this::read, task -> new Thread(task, "silence").start());
    }

    /** Forgets what was: silence counts from now on. */
    synchronized void begin() {
        Arrays.fill(latest, System.nanoTime());
        longest = 0;
    }

    /** The longest silence of any partition so far. */
    synchronized Duration longest() {
        return Duration.ofNanos(longest);
    }

    /** Waits until every partition has been heard again, after this moment. */
    void awaitAll(Duration within) {
        long now = System.nanoTime();
        Patience.until("every partition is heard again", within, () -> isHeardSince(now));
    }

    private synchronized boolean isHeardSince(long moment) {
        return Arrays.stream(latest).allMatch(heard -> heard - moment > 0);
    }

    private void read() {
        while (!closed) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                hear(record.partition(), System.nanoTime());
            }
        }
        consumer.close();
    }

    private synchronized void hear(int partition, long now) {
        longest = Math.max(longest, now - latest[partition]);
        latest[partition] = now;
    }

    @Override
    public void close() {
        closed = true;
        reader.join();
    }
}
