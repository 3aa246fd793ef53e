package dev.tidecast.embedded;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a sample stream to a topic at a pace: so much stream time per second of real time, until the stream has caught up
 * with the clock, and from then on in real time, so that no good record ever comes from the future. Records are stamped
 * with the clock; event time is in the JSON alone. {@link #start()} runs it on a thread of its own; {@link #close()}
 * stops it within a second.
 */
public final class Replay implements AutoCloseable {
    private static final long TICK_MILLIS = 5;
    private static final int AT_ONCE = 500;

    private final SampleStream stream;
    private final String topic;
    private final double speed;
    private final InstantSource clock;
    private final Producer<byte[], byte[]> producer;
    private final AtomicLongArray sent = counters();
    private final AtomicLongArray acknowledged = counters();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "replay");
    private volatile @Nullable Exception failure;
    private Sample next;
    private final long streamStart;
    private final long realStart;

    /** @param pace stream time per second of real time */
    public Replay(
            SampleStream stream, String topic, Duration pace, InstantSource clock, Producer<byte[], byte[]> producer) {
        this.stream = stream;
        this.topic = topic;
        this.speed = pace.toMillis() / 1000.0;
        this.clock = clock;
        this.producer = producer;
        this.next = stream.next();
        this.streamStart = next.at();
        this.realStart = clock.millis();
        thread.setDaemon(true);
    }

    /** A producer fit for a replay: small batches soon, and a close that does not wait for a broker that is gone. */
    public static Producer<byte[], byte[]> producer(String bootstrap) {
        // One request at a time: on a topic just created, several in flight can end in a sequence the broker refuses.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap,
                "linger.ms", 5,
                "max.block.ms", 500,
                "max.in.flight.requests.per.connection", 1);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Starts sending on a thread of its own. */
    public void start() {
        thread.start();
    }

    /** How many samples of each kind were handed to the producer. */
    public Map<Sample.Kind, Long> sent() {
        return byKind(sent);
    }

    /** How many samples of each kind the broker has acknowledged; settled once {@link #close()} has returned. */
    public Map<Sample.Kind, Long> acknowledged() {
        return byKind(acknowledged);
    }

    /** Why the replay or a record of it failed first; null as long as all is well. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** The stream's own time now, epoch ms. */
    public long streamTime() {
        long now = clock.millis();
        return Math.min(now, streamStart + (long) (speed * (now - realStart)));
    }

    /** Sends what is due and says how much that was; the thread calls it every few milliseconds. */
    int sendDue() {
        long until = streamTime();
        int count = 0;
        while (next.at() <= until && count < AT_ONCE && stopping.getCount() > 0) {
            send(next);
            next = stream.next();
            count++;
        }
        return count;
    }

    private void send(Sample sample) {
        int kind = sample.kind().ordinal();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, null, clock.millis(), sample.key(), sample.value());
        sent.incrementAndGet(kind);
        producer.send(record, (metadata, problem) -> {
            if (problem == null) {
                acknowledged.incrementAndGet(kind);
            } else {
                fail(problem);
            }
        });
    }

    private void run() {
        try {
            do {
                sendDue();
            } while (!stopping.await(next.at() <= streamTime() ? 0 : TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (KafkaException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Exception problem) {
        if (failure == null) {
            failure = problem;
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(500);
            producer.close(Duration.ofMillis(400));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            producer.close(Duration.ZERO);
        }
    }

    private static AtomicLongArray counters() {
        return new AtomicLongArray(Sample.Kind.values().length);
    }

    private static Map<Sample.Kind, Long> byKind(AtomicLongArray counters) {
        Map<Sample.Kind, Long> counts = new EnumMap<>(Sample.Kind.class);
        for (Sample.Kind kind : Sample.Kind.values()) {
            counts.put(kind, counters.get(kind.ordinal()));
        }
        return counts;
    }
}
