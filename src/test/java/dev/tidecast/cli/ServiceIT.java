package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.Patience;
import dev.tidecast.embedded.EmbeddedBroker;
import dev.tidecast.pipeline.HttpSpec;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.serve.Opened;
import dev.tidecast.stream.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceIT {
    private static final HttpSpec ANY_PORT = new HttpSpec("127.0.0.1", 0);
    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    /** Opens parts up to a number, and then fails in place of opening one. */
    private static final class FailsAt extends Opened {
        private final int failing;
        private int parts;

        FailsAt(int failing) {
            this.failing = failing;
        }

        @Override
        public synchronized <T, E extends Exception> T open(Part<T, E> part, Consumer<? super T> close) throws E {
            parts++;
            if (parts == failing) {
                throw new IllegalStateException("part " + parts);
            }
            return super.open(part, close);
        }
    }

    @BeforeAll
    static void aBroker() {
        broker = EmbeddedBroker.start();
        broker.createTopic("sales", 1);
    }

    @AfterAll
    static void noBroker() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFailureAtAnyStepLeavesNoThreadBehind(int failing) throws Exception {
        String name = "fails-at-" + failing;
        assertThatThrownBy(() -> open(pipeline(name, "sales"), ANY_PORT, new FailsAt(failing)))
                .hasMessage("part " + failing);
        assertThatNoThreadIsLeftOf(name);
    }

    @Test
    void thereAreFourParts() throws Exception {
        String name = "four";
        open(pipeline(name, "sales"), ANY_PORT, new FailsAt(5));
        assertThatNoThreadIsLeftOf(name);
    }

    @Test
    void aPortThatIsTakenLeavesNoThreadBehind() throws Exception {
        String name = "port-taken";
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            HttpSpec where = new HttpSpec("127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> open(pipeline(name, "sales"), where, new Opened()))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("choose another with --port");
        }
        assertThatNoThreadIsLeftOf(name);
    }

    @Test
    void aStreamThatCannotStartLeavesNoThreadBehind() throws Exception {
        String name = "no-topic";
        assertThatThrownBy(() -> open(pipeline(name, "nothing-here"), ANY_PORT, new Opened()))
                .isInstanceOf(StartException.class);
        assertThatNoThreadIsLeftOf(name);
    }

    private static void open(Pipeline pipeline, HttpSpec where, Opened opened) throws IOException {
        try (Service service = new Service(pipeline, where, opened)) {
            service.open();
        }
    }

    private Pipeline pipeline(String name, String topic) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), """
                pipeline: %s
                sources:
                  demand: {topic: %s, key: record, value: /qty}
                bucket: {size: P1D}
                horizon: 7
                """.formatted(name, topic));
        return PipelineReader.read(file)
                .withKafka(Map.of(
                        "bootstrap.servers",
                        broker.bootstrap(),
                        "state.dir",
                        folder.resolve("state").toString()));
    }

    /** The clients carry the name of the pipeline; the meters and the HTTP side are the only ones of this test. */
    private static void assertThatNoThreadIsLeftOf(String pipeline) {
        Patience.comes(Patience.USUAL, () -> threads(pipeline).isEmpty());
        assertThat(threads(pipeline)).isEmpty();
    }

    private static List<String> threads(String pipeline) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(pipeline) || name.equals("meters") || name.startsWith("HTTP-Dispatcher"))
                .toList();
    }
}
