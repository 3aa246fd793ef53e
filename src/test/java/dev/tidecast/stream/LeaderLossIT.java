package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Patience;
import dev.tidecast.embedded.BrokerProcesses;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leader that stops answering in mid-stream, so that what was sent expires and Kafka Streams begins its tasks again;
 * then a leader that dies. What a reader sees is what the oracle says.
 */
@Tag("long")
class LeaderLossIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void noForecastIsLostDoubledOrDifferent() throws Exception {
        try (BrokerProcesses brokers = BrokerProcesses.start(3)) {
            Broker client = Broker.of(brokers.bootstrap());
            brokers.createTopics(List.of(new NewTopic("readings", 3, (short) 3)));
            Path file = pipelineFile(brokers.bootstrap());
            Pipeline pipeline = PipelineReader.read(file);
            Events events = new Events("readings", false, 9);
            Path log = Path.of(file + ".log");
            try (StreamProcess process = StreamProcess.start(file)) {
                try (Flow flow = new Flow(client, events, 200)) {
                    pauseAndKill(brokers, client, pipeline.topic(Kind.FORECASTS), log);
                    assertThat(flow.isFlowing()).isTrue();
                }
                assertThat(process.isAlive()).isTrue();
                Sayings.assertOnTopics(client, pipeline, "readings", events.made());
            }
        }
    }

    /** Sends expire soon: while the leader is silent, the tasks fail and begin again. */
    private Path pipelineFile(String bootstrap) throws Exception {
        String block = "{bootstrap.servers: \"" + bootstrap + "\", state.dir: \"" + folder.resolve("state")
                + "\", producer.delivery.timeout.ms: 2500, producer.request.timeout.ms: 2000, producer.linger.ms: 0,"
                + " group.instance.id: one}";
        return Files.writeString(
                folder.resolve("pipeline.yaml"),
                Pipelines.RECORD_KEY.replaceFirst("kafka: \\{.*\\}", "kafka: " + block));
    }

    private static void pauseAndKill(BrokerProcesses brokers, Broker client, String forecasts, Path log)
            throws Exception {
        long reached = client.awaitStable(forecasts, 200, PATIENCE);
        int leader = brokers.leader(forecasts, 0);
        brokers.pause(leader);
        Patience.until(
                "a send expires", PATIENCE, () -> Files.readString(log).contains("has passed since batch creation"));
        brokers.resume(leader);
        reached = client.awaitStable(forecasts, reached + 200, PATIENCE);
        brokers.awaitInSync(forecasts);
        int second = brokers.leader(forecasts, 1);
        brokers.kill(second);
        reached = client.awaitStable(forecasts, reached + 200, PATIENCE);
        brokers.restart(second);
        client.awaitStable(forecasts, reached + 100, PATIENCE);
    }
}
