package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerWatchTest {
    private KafkaFuture<?> answer = KafkaFuture.completedFuture(null);
    private long now;
    private final BrokerWatch watch = new BrokerWatch(() -> answer, () -> now);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void brokersAreSilentOnceNoneHasAnsweredForAWhile() {
        pass(BrokerWatch.SILENT_AFTER);
        assertThat(watch.isSilent()).isFalse();
        pass(Duration.ofNanos(1));
        assertThat(watch.isSilent()).isTrue();
    }

    @Test
    void anAnswerEndsTheSilence() {
        pass(Duration.ofMinutes(1));
        watch.ask();
        assertThat(watch.isSilent()).isFalse();
    }

    @Test
    void aRefusalIsAnAnswer() {
        pass(Duration.ofMinutes(1));
        fail(new GroupAuthorizationException("meters"));
        watch.ask();
        assertThat(watch.isSilent()).isFalse();
    }

    @Test
    void aQuestionThatRunsOutOfTimeIsNone() {
        pass(Duration.ofMinutes(1));
        for (Throwable lost : new Throwable[] {new TimeoutException("x"), new DisconnectException("x")}) {
            fail(lost);
            watch.ask();
            assertThat(watch.isSilent()).isTrue();
        }
    }

    @Test
    void aQuestionIsNotWaitedFor() {
        pass(Duration.ofMinutes(1));
        answer = new KafkaFutureImpl<>();
        watch.ask();
        assertThat(watch.isSilent()).isTrue();
    }

    private void fail(Throwable failure) {
        KafkaFutureImpl<Void> failed = new KafkaFutureImpl<>();
        failed.completeExceptionally(failure);
        // As the admin client hands it out: seen through another future.
        answer = failed.thenApply(same -> same);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
