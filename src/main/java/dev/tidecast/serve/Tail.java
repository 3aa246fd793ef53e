package dev.tidecast.serve;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a pipeline writes, committed records only, on a thread of its own, without a group: the forecasts from the
 * beginning (the topic is compacted), the rest from a little before its end. A broker that is away is waited for.
 */
public final class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 1_000;
    private static final long RECENT = 10_000;
    private static final List<Kind> KINDS = List.of(Kind.FORECASTS, Kind.ACCURACY, Kind.DLQ);

    /** Is handed every record, on the tail's thread. */
    public interface Reader {
        void read(Kind kind, ConsumerRecord<byte[], byte[]> record);

        /** Called once everything that was there at the start has been read. */
        default void caughtUp() {}
    }

    private final Pipeline pipeline;
    private final List<Reader> readers;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread thread;
    private final Object turn = new Object();
    private volatile Consumer<byte[], byte[]> consumer;
    private boolean caughtUp;

    public Tail(Pipeline pipeline, List<Reader> readers) {
        this.pipeline = pipeline;
        this.readers = List.copyOf(readers);
        KINDS.forEach(kind -> kinds.put(pipeline.topic(kind), kind));
        this.consumer = consumer(pipeline);
        this.thread = new Thread(this::run, "tail-" + pipeline.name());
        thread.setDaemon(true);
    }

    /** Starts reading. */
    public Tail start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            consumer.wakeup();
            synchronized (turn) {
                turn.notifyAll();
            }
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Consumer<byte[], byte[]> consumer(Pipeline pipeline) {
        Map<String, Object> settings = new HashMap<>();
        pipeline.kafka().forEach((name, value) -> {
            if (name.matches("bootstrap\\.servers|(security|sasl|ssl)\\..*|client\\.dns\\.lookup")) {
                settings.put(name, value);
            }
        });
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("client.id", pipeline.name() + "-tail");
        settings.put("fetch.max.wait.ms", 100);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void run() {
        while (!closed.get()) {
            try (Consumer<byte[], byte[]> mine = consumer) {
                Map<TopicPartition, Long> ends = assign(mine);
                while (!closed.get()) {
                    poll(mine, ends);
                }
            } catch (WakeupException e) {
                // Only close() wakes the consumer, and then the loop ends.
            } catch (KafkaException e) {
                LOG.warn("{}: cannot read the outputs, trying again: {}", pipeline.name(), e.getMessage());
                pause();
                if (!closed.get()) {
                    consumer = consumer(pipeline);
                }
            }
        }
    }

    private void poll(Consumer<byte[], byte[]> mine, Map<TopicPartition, Long> ends) {
        for (ConsumerRecord<byte[], byte[]> record : mine.poll(POLL)) {
            Kind kind = kinds.get(record.topic());
            if (kind != null) {
                readers.forEach(reader -> reader.read(kind, record));
            }
            positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
        if (!caughtUp) {
            ends.entrySet().removeIf(end -> mine.position(end.getKey()) >= end.getValue());
            caughtUp = ends.isEmpty();
            if (caughtUp) {
                readers.forEach(Reader::caughtUp);
            }
        }
    }

    /** Takes all partitions, waiting for the topics to be there; answers where each ended at that moment. */
    private Map<TopicPartition, Long> assign(Consumer<byte[], byte[]> mine) {
        Set<TopicPartition> all = new HashSet<>();
        for (Kind kind : KINDS) {
            List<PartitionInfo> found = mine.partitionsFor(pipeline.topic(kind));
            while (found.isEmpty() && !closed.get()) {
                pause();
                found = mine.partitionsFor(pipeline.topic(kind));
            }
            found.forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
        }
        mine.assign(all);
        Map<TopicPartition, Long> ends = new HashMap<>(mine.endOffsets(all));
        Map<TopicPartition, Long> begins = mine.beginningOffsets(all);
        for (TopicPartition partition : all) {
            boolean whole = kinds.get(partition.topic()) == Kind.FORECASTS;
            long begin = begins.getOrDefault(partition, 0L);
            long first = whole ? begin : Math.max(begin, ends.getOrDefault(partition, 0L) - RECENT);
            mine.seek(partition, positions.getOrDefault(partition, first));
        }
        return ends;
    }

    private void pause() {
        synchronized (turn) {
            if (closed.get()) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(turn, PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closed.set(true);
            }
        }
    }
}
