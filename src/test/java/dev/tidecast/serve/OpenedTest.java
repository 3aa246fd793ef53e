package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.Patience;
import dev.tidecast.stream.StartException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenedTest {
    private final List<Integer> closings = Collections.synchronizedList(new ArrayList<>());
    private final Opened opened = new Opened();

    @Test
    void partsAreClosedOnceAndInReverseOrder() {
        for (int part = 1; part <= 4; part++) {
            open(part);
        }
        opened.close();
        opened.close();
        assertThat(closings).containsExactly(4, 3, 2, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFailureAtAnyStepLeavesNothingOpen(int failing) {
        assertThatThrownBy(() -> {
                    try (opened) {
                        for (int part = 1; part <= 4; part++) {
                            if (part == failing) {
                                opened.open(OpenedTest::fails, closings::add);
                            }
                            open(part);
                        }
                    }
                })
                .hasMessage("no more");
        List<Integer> before = new ArrayList<>();
        for (int part = failing - 1; part >= 1; part--) {
            before.add(part);
        }
        assertThat(closings).isEqualTo(before);
    }

    @Test
    void aPartThatCannotBeClosedKeepsNoOtherOneOpen() {
        open(1);
        opened.open(() -> 2, part -> {
            throw new IllegalStateException("stuck");
        });
        open(3);
        opened.open(() -> 4, part -> {
            throw new IllegalStateException("stuck too");
        });
        assertThatThrownBy(opened::close)
                .hasMessage("stuck too")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closings).containsExactly(3, 1);
    }

    @Test
    void nothingIsOpenedAfterTheEnd() {
        opened.close();
        assertThatThrownBy(() -> open(1)).isInstanceOf(StartException.class).hasMessage("stopped while starting");
        assertThat(closings).isEmpty();
    }

    @Test
    void aPartThatIsBeingOpenedIsClosedWhenItIsThere() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Integer> opener = CompletableFuture.supplyAsync(() -> opened.open(
                () -> {
                    opening.countDown();
                    Patience.until(() -> goOn.getCount() == 0);
                    return 1;
                },
                closings::add));
        Patience.until(() -> opening.getCount() == 0);
        CompletableFuture<Void> closer = CompletableFuture.runAsync(opened::close);
        goOn.countDown();
        closer.get(20, TimeUnit.SECONDS);
        assertThat(opener.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(closings).containsExactly(1);
    }

    private void open(int part) {
        opened.open(() -> part, closings::add);
    }

    private static int fails() {
        throw new IllegalStateException("no more");
    }
}
