package dev.tidecast.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.metrics.Meters;
import java.time.Duration;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final Meters meters = new Meters();
    private long now;
    private final Restarts restarts = new Restarts("meters", meters.pipeline("meters"), () -> now);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void aThreadIsReplacedOnlySoOftenInAWhile() {
        for (int i = 0; i < 5; i++) {
            assertThat(restarts.handle(new StreamsException("x"))).isEqualTo(REPLACE_THREAD);
        }
        assertThat(restarts.reason()).isEmpty();
        assertThat(restarts.handle(new StreamsException("again"))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(restarts.reason()).get().hasToString("org.apache.kafka.streams.errors.StreamsException: again");
        assertThat(meters.scrape()).contains("tidecast_thread_restarts_total{pipeline=\"meters\"} 5.0");
    }

    @Test
    void oldRestartsAreForgotten() {
        for (int i = 0; i < 100; i++) {
            assertThat(restarts.handle(new StreamsException("x"))).isEqualTo(REPLACE_THREAD);
            now += Duration.ofMinutes(3).toNanos();
        }
    }

    @Test
    void whatANewThreadCannotCureStopsAtOnce() {
        assertThat(restarts.handle(new StreamsException("x", new ArrivalSerde.NewerArrivalException(3))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(restarts.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
    }
}
