package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidecast.Patience;
import dev.tidecast.embedded.BrokerProcesses;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that are not there, are none, or fall silent. */
class BrokersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void whyNoBrokerAnswersIsSaidWithinFifteenSeconds() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket mute = new ServerSocket(0, 50, here);
                ServerSocket babbling = new ServerSocket(0, 50, here)) {
            int gone = closedPort(here);
            babble(babbling);
            CompletableFuture<StartException> closed = start("closed", gone);
            CompletableFuture<StartException> silent = start("silent", mute.getLocalPort());
            CompletableFuture<StartException> foreign = start("foreign", babbling.getLocalPort());
            assertThat(closed.get(60, TimeUnit.SECONDS))
                    .hasMessage("no broker answers at 127.0.0.1:" + gone
                            + " (nobody listens there): start the brokers, or correct bootstrap.servers"
                            + " (--bootstrap HOST:PORT)");
            for (CompletableFuture<StartException> other : List.of(silent, foreign)) {
                assertThat(other.get(60, TimeUnit.SECONDS))
                        .hasMessageStartingWith("something listens at 127.0.0.1:")
                        .hasMessageContaining("but no Kafka broker has answered within 8 s: correct bootstrap.servers")
                        .hasMessageContaining("kafka.security.protocol (it is PLAINTEXT)");
            }
        }
    }

    private static int closedPort(InetAddress here) throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 50, here)) {
            return gone.getLocalPort();
        }
    }

    @Test
    void whileTheBrokersAreSilentAPipelineIsNotReadyButLives() throws Exception {
        try (BrokerProcesses brokers = BrokerProcesses.start(1)) {
            brokers.createTopics(List.of(new NewTopic("readings", 1, (short) 1)));
            Pipeline pipeline = Pipelines.onBroker(Pipelines.recordKey(), brokers.bootstrap(), folder);
            try (Meters meters = new Meters();
                    ForecastStream stream = new ForecastStream(pipeline, meters)) {
                stream.start();
                Patience.until(() -> stream.health().ready());
                brokers.pause(1);
                long before = System.nanoTime();
                try {
                    Patience.until(() -> !stream.health().ready());
                    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
                    assertThat(stream.health().state()).isEqualTo(ForecastStream.BROKERS_SILENT);
                    assertThat(stream.health().live()).isTrue();
                } finally {
                    brokers.resume(1);
                }
                Patience.until(() -> stream.health().ready());
                assertThat(stream.health().state()).isEqualTo("RUNNING");
            }
        }
    }

    private CompletableFuture<StartException> start(String name, int port) {
        Pipeline pipeline = Pipelines.onBroker(Pipelines.recordKey(), "127.0.0.1:" + port, folder.resolve(name));
        return CompletableFuture.supplyAsync(() -> {
            try (Meters meters = new Meters();
                    ForecastStream stream = new ForecastStream(pipeline, meters)) {
                long before = System.nanoTime();
                StartException refused = catchThrowableOfType(StartException.class, stream::start);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
                return refused;
            }
        });
    }

    /** Answers whatever it is asked as a web server would, until its socket is closed. */
    private static void babble(ServerSocket server) {
        Thread answering = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The client has gone, or the test is over.
                }
            }
        });
        answering.setDaemon(true);
        answering.start();
    }
}
