package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Jvm;
import dev.tidecast.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals end a JVM, so each test starts one of its own. */
class EndingTest {
    private static final int CODE = 7;
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    /** A verb that waits for ever, and whose end takes no time or for ever. */
    static final class Verb {
        private Verb() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            CountDownLatch never = new CountDownLatch(1);
            Ending ending = new Ending(
                    () -> {
                        Files.createFile(folder.resolve("closing"));
                        if (arguments[1].equals("hangs")) {
                            never.await();
                        }
                    },
                    () -> CODE);
            Files.createFile(folder.resolve("ready"));
            try (ending) {
                never.await();
            } catch (InterruptedException e) {
                System.exit(ending.isBegun() ? CODE : 1);
            }
        }
    }

    @Test
    void aSignalClosesEverythingAndTheExitCodeIsThatOfTheVerb() throws Exception {
        Process verb = start("ends");
        try {
            signal(verb, "INT");
            assertThat(verb.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(folder.resolve("closing")).exists();
            assertThat(verb.exitValue()).isEqualTo(CODE);
        } finally {
            verb.destroyForcibly();
        }
    }

    @Test
    void aSecondSignalBoundsAnEndThatHangs() throws Exception {
        Process verb = start("hangs");
        try {
            signal(verb, "TERM");
            await(verb, folder.resolve("closing"));
            long before = System.nanoTime();
            signal(verb, "INT");
            signal(verb, "INT");
            assertThat(verb.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(verb.exitValue()).isEqualTo(Ending.GIVEN_UP);
            // Not at once: the time to close is granted. Not by the first signal's own limit either.
            assertThat(System.nanoTime() - before).isBetween(Ending.HURRIED.toNanos(), Ending.ORDERLY.toNanos());
        } finally {
            verb.destroyForcibly();
        }
    }

    private Process start(String end) throws Exception {
        Process verb = Jvm.of(List.of(), Verb.class, folder.resolve("log").toFile(), folder.toString(), end)
                .start();
        await(verb, folder.resolve("ready"));
        return verb;
    }

    private static void await(Process verb, Path file) {
        Patience.until(() -> {
            assertThat(verb.isAlive()).isTrue();
            return Files.exists(file);
        });
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        Launched.kill(name, Long.toString(process.pid()));
    }
}
