package dev.tidecast.stream;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.metrics.Meters;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private final Meters meters = new Meters();
    private final List<Duration> pauses = new ArrayList<>();
    private long now;
    private final Restarts restarts =
            new Restarts(Pipelines.recordKey(), meters.pipeline("meters"), () -> now, pauses::add);

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
        assertThat(restarts.reason()).get().asString().contains("StreamsException: again");
        assertThat(meters.scrape()).contains("tidecast_thread_restarts_total{pipeline=\"meters\"} 5.0");
    }

    @Test
    void eachRestartWaitsTwiceAsLongAsTheOneBefore() {
        for (int i = 0; i < 6; i++) {
            restarts.handle(new StreamsException("x"));
        }
        assertThat(pauses)
                .isEqualTo(Stream.of(1, 2, 4, 8, 16).map(Duration::ofSeconds).toList());
    }

    @Test
    void oldRestartsAreForgotten() {
        for (int i = 0; i < 100; i++) {
            assertThat(restarts.handle(new StreamsException("x"))).isEqualTo(REPLACE_THREAD);
            now += Duration.ofMinutes(3).toNanos();
        }
        assertThat(pauses).allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0);
    }

    @Test
    void whatANewThreadCannotCureStopsAtOnce() {
        assertThat(restarts.handle(new StreamsException("x", new ArrivalSerde.NewerArrivalException(3))))
                .isEqualTo(SHUTDOWN_CLIENT);
        assertThat(restarts.handle(new OutOfMemoryError())).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(pauses).isEmpty();
    }

    @Test
    void theReasonIsWhatWasFirstAndItsCure() {
        Throwable full = new StreamsException("task 0_1", new IOException("No space left on device"));
        for (int i = 0; i < 6; i++) {
            restarts.handle(full);
        }
        assertThat(restarts.reason())
                .hasValue("the disk of state.dir state is full: make room on it, then start again");
    }
}
