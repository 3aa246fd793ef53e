package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/** Topics in memory, and the consumers that were opened on them. A test may hook into what a consumer does and throw there. */
final class Topics {
    private static final int MOST_A_POLL = 7;

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> log = new HashMap<>();
    private final List<Reading> opened = new ArrayList<>();
    volatile Runnable onOpen = () -> {};
    volatile Consumer<Reading> onPartitions = consumer -> {};
    volatile Consumer<Reading> onPoll = consumer -> {};

    /** A consumer as the mock of the client has it, whose records come from the topics. */
    final class Reading extends MockConsumer<byte[], byte[]> {
        private final CountDownLatch woken = new CountDownLatch(1);

        Reading() {
            super("earliest");
        }

        /** Waits as a call to brokers that do not answer does, until the consumer is woken. */
        void waitUntilWoken() {
            try {
                assertThat(woken.await(Patience.USUAL.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new WakeupException();
        }

        @Override
        public void wakeup() {
            woken.countDown();
            super.wakeup();
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            onPartitions.accept(this);
            synchronized (log) {
                return log.keySet().stream()
                        .filter(one -> one.topic().equals(topic))
                        .map(one -> new PartitionInfo(topic, one.partition(), null, null, null))
                        .toList();
            }
        }

        @Override
        public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> begins = new HashMap<>();
            partitions.forEach(partition -> begins.put(partition, 0L));
            return begins;
        }

        @Override
        public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions.forEach(partition -> ends.put(partition, end(partition)));
            return ends;
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            onPoll.accept(this);
            synchronized (log) {
                for (TopicPartition partition : assignment()) {
                    long from = position(partition);
                    records(partition).stream()
                            .filter(record -> record.offset() >= from)
                            .limit(MOST_A_POLL)
                            .forEach(this::addRecord);
                }
            }
            return super.poll(timeout);
        }
    }

    Topics create(String topic, int partitions) {
        synchronized (log) {
            for (int i = 0; i < partitions; i++) {
                log.put(new TopicPartition(topic, i), new ArrayList<>());
            }
        }
        return this;
    }

    /** Writes what this record holds to the end of a partition; answers it as it stands there. */
    ConsumerRecord<byte[], byte[]> write(String topic, int partition, ConsumerRecord<byte[], byte[]> record) {
        TopicPartition to = new TopicPartition(topic, partition);
        synchronized (log) {
            long offset = end(to);
            ConsumerRecord<byte[], byte[]> placed =
                    new ConsumerRecord<>(topic, partition, offset, record.key(), record.value());
            record.headers().forEach(placed.headers()::add);
            records(to).add(placed);
            return placed;
        }
    }

    /** Takes a record away, as compaction does. */
    void compact(String topic, int partition, long offset) {
        synchronized (log) {
            records(new TopicPartition(topic, partition)).removeIf(record -> record.offset() == offset);
        }
    }

    Reading open() {
        onOpen.run();
        Reading reading = new Reading();
        synchronized (opened) {
            opened.add(reading);
        }
        return reading;
    }

    /** Every consumer that was ever opened. */
    List<Reading> opened() {
        synchronized (opened) {
            return List.copyOf(opened);
        }
    }

    private long end(TopicPartition partition) {
        synchronized (log) {
            List<ConsumerRecord<byte[], byte[]>> records = records(partition);
            return records.isEmpty() ? 0 : records.get(records.size() - 1).offset() + 1;
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition) {
        return Objects.requireNonNull(log.get(partition));
    }
}
