package dev.tidecast.stream;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Events that are sent at a steady pace until it is closed. By then every event that was made is on the broker. */
final class Flow implements AutoCloseable {
    private static final Duration BEAT = Duration.ofMillis(50);

    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> beats;

    /** @param perSecond events per second */
    Flow(Broker broker, Events events, int perSecond) {
        producer = broker.producer();
        int batch = (int) (perSecond * BEAT.toMillis() / 1000);
        beats = pace.scheduleAtFixedRate(
                () -> events.next(batch).forEach(producer::send), 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether events still go out: one that cannot be sent ends them all. */
    boolean isFlowing() {
        return !beats.isDone();
    }

    @Override
    public void close() {
        beats.cancel(false);
        // On the thread that makes the events: what is made after the producer has closed would count and never be
        // sent.
        CompletableFuture.runAsync(producer::close, pace)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        pace.shutdown();
    }
}
