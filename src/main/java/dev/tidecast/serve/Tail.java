package dev.tidecast.serve;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a pipeline writes, committed records only, on a thread of its own, without a group: the forecasts from the
 * beginning (the topic is compacted), the rest from a little before its end. The thread opens its consumer itself. If
 * anything fails, it pauses, opens another consumer and goes on after the last record that it has handed over. It ends
 * only when it is closed, which may be at any moment.
 */
public final class Tail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long END_MILLIS = 2_000;
    private static final long RECENT = 10_000;
    private static final List<Kind> KINDS = List.of(Kind.FORECASTS, Kind.ACCURACY, Kind.DLQ);

    /** Is handed every record once, on the tail's thread. */
    public interface Reader {
        /** Reads a record; one that it throws a {@link RuntimeException} at is skipped. */
        void read(Kind kind, ConsumerRecord<byte[], byte[]> record);

        /** Called once everything that was there at the start, or after {@link #fellBehind}, has been read. */
        default void caughtUp() {}

        /** Called when reading has failed: what is written from now on is not read until {@link #caughtUp}. */
        default void fellBehind(String why) {}

        /** Called for each record that was skipped, because it could not be deserialised or a reader threw. */
        default void skipped() {}
    }

    private final Pipeline pipeline;
    private final List<Reader> readers;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Duration pause;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread;
    private final Object turn = new Object();
    private @Nullable Consumer<byte[], byte[]> open; // guarded by turn
    private volatile boolean closed;
    private @Nullable String told;
    private boolean toldOfSkipped;

    public Tail(Pipeline pipeline, List<Reader> readers) {
        this(pipeline, readers, Consumers.following(pipeline), PAUSE);
    }

    /** @param pause how long it waits after a failure, and for a topic that is not there yet */
    Tail(Pipeline pipeline, List<Reader> readers, Supplier<Consumer<byte[], byte[]>> consumers, Duration pause) {
        this.pipeline = pipeline;
        this.readers = List.copyOf(readers);
        this.consumers = consumers;
        this.pause = pause;
        KINDS.forEach(kind -> kinds.put(pipeline.topic(kind), kind));
        this.thread = new Thread(this::run, "tail-" + pipeline.name());
        thread.setDaemon(true);
    }

    /** Starts reading. */
    public Tail start() {
        thread.start();
        return this;
    }

    /** Ends reading, and returns when the thread has ended or has had its time; a reader may call it too. */
    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
            turn.notifyAll();
            if (open != null) {
                open.wakeup();
            }
        }
        try {
            if (Thread.currentThread() != thread) {
                thread.join(END_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (Consumer<byte[], byte[]> mine = consumers.get()) {
                follow(mine);
            } catch (WakeupException e) {
                // Only close() wakes the consumer, and then the loop ends.
            } catch (RuntimeException | Error e) {
                if (!closed) {
                    failed(e);
                    pause();
                }
            }
        }
    }

    private void follow(Consumer<byte[], byte[]> mine) {
        show(mine);
        try {
            Map<TopicPartition, Long> ends = assign(mine);
            boolean behind = true;
            while (!closed) {
                poll(mine);
                if (behind) {
                    ends.entrySet().removeIf(end -> mine.position(end.getKey()) >= end.getValue());
                    behind = !ends.isEmpty();
                    if (!behind) {
                        caughtUp();
                    }
                }
            }
        } finally {
            show(null);
        }
    }

    /** Lets {@link #close} wake this consumer, or none: one that is closed is out of its reach. */
    private void show(@Nullable Consumer<byte[], byte[]> mine) {
        synchronized (turn) {
            open = mine;
        }
    }

    private void poll(Consumer<byte[], byte[]> mine) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : mine.poll(POLL)) {
                handOver(record);
            }
        } catch (RecordDeserializationException e) {
            mine.seek(e.topicPartition(), e.offset() + 1);
            skipped(e.topicPartition(), e.offset(), e);
            positions.put(e.topicPartition(), e.offset() + 1);
        }
    }

    private void handOver(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        Kind kind = Objects.requireNonNull(kinds.get(record.topic()));
        RuntimeException failure = null;
        for (Reader reader : readers) {
            try {
                reader.read(kind, record);
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            skipped(from, record.offset(), failure);
        }
        positions.put(from, record.offset() + 1);
    }

    private void skipped(TopicPartition from, long offset, RuntimeException failure) {
        if (!toldOfSkipped) {
            LOG.warn(
                    "{}: the record at offset {} of {} cannot be read and is skipped; more such records are only counted",
                    pipeline.name(),
                    offset,
                    from,
                    failure);
            toldOfSkipped = true;
        }
        readers.forEach(Reader::skipped);
    }

    private void caughtUp() {
        if (told != null) {
            LOG.info("{}: the outputs are read again", pipeline.name());
            told = null;
        }
        readers.forEach(Reader::caughtUp);
    }

    private void failed(Throwable failure) {
        Throwable cause = failure.getCause();
        String why = failure + (cause == null ? "" : ": " + cause.getMessage());
        if (!why.equals(told)) {
            Throwable trace = failure instanceof KafkaException ? null : failure;
            LOG.warn("{}: the outputs cannot be read, trying again until they can: {}", pipeline.name(), why, trace);
            told = why;
        }
        for (Reader reader : readers) {
            try {
                reader.fellBehind(why);
            } catch (RuntimeException e) {
                LOG.warn("{}: a reader cannot be told that reading has failed", pipeline.name(), e);
            }
        }
    }

    /** Takes all partitions, waiting for the topics to be there; answers where each ended at that moment. */
    private Map<TopicPartition, Long> assign(Consumer<byte[], byte[]> mine) {
        Set<TopicPartition> all = new HashSet<>();
        for (Kind kind : KINDS) {
            List<PartitionInfo> found = List.of();
            while (found.isEmpty() && !closed) {
                found = mine.partitionsFor(pipeline.topic(kind));
                if (found.isEmpty()) {
                    pause();
                }
            }
            found.forEach(info -> all.add(new TopicPartition(info.topic(), info.partition())));
        }
        if (closed) {
            return Map.of();
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
            if (closed) {
                return;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(turn, pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                closed = true;
            }
        }
    }
}
