package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseTest {
    @Test
    void aStopEndsAWaitAndEveryLaterOne() throws Exception {
        Pause pause = new Pause();
        Thread waiting = new Thread(() -> {
            pause.await(Duration.ofHours(1));
            pause.await(Duration.ofHours(1));
        });
        waiting.start();
        pause.stop();
        waiting.join(10_000);
        assertThat(waiting.isAlive()).isFalse();
    }

    @Test
    void withoutAStopItTakesItsTime() {
        long before = System.nanoTime();
        new Pause().await(Duration.ofMillis(30));
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }
}
