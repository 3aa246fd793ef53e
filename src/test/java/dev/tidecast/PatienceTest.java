package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    @Test
    void itAsksUntilTheConditionHolds() {
        AtomicInteger asked = new AtomicInteger();
        Patience.until(() -> asked.incrementAndGet() == 4);
        assertThat(asked).hasValue(4);
    }

    @Test
    void itFailsWhenTheTimeIsOverAndSaysWhatHasNotCome() {
        assertThatThrownBy(() -> Patience.until("the answer", Duration.ofMillis(20), () -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the answer within PT0.02S");
    }

    @Test
    void itAsksAtLeastOnce() {
        assertThat(Patience.comes(Duration.ZERO, () -> true)).isTrue();
    }

    @Test
    void aQuestionThatFailsFailsTheTestAtOnce() {
        assertThatThrownBy(() -> Patience.until(() -> {
                    throw new IOException("gone");
                }))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseMessage("gone");
    }
}
