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
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A leader that stops answering in mid-stream, so that what was sent expires and Kafka Streams begins its tasks again;
 * then a leader that dies. What a reader sees is what the oracle says.
 */
class LeaderLossIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int BATCH = 20;

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
                hurt(brokers, client, pipeline, events, log);
                assertThat(process.isAlive()).isTrue();
                List<List<ConsumerRecord<byte[], byte[]>>> input =
                        client.committed("readings", events.made(), PATIENCE);
                assertThat(Sayings.count(input)).isEqualTo(events.made());
                for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
                    List<List<String>> expected = Sayings.expected(pipeline, input, kind, Set.of());
                    assertThat(Sayings.count(expected)).isGreaterThan(300);
                    List<List<String>> seen =
                            Sayings.seen(client.committed(pipeline.topic(kind), Sayings.count(expected), PATIENCE));
                    Sayings.assertSame(kind, seen, expected);
                }
            }
        }
    }

    /** Sends expire soon: a pause of the leader is then an error that Kafka Streams answers with a revival. */
    private Path pipelineFile(String bootstrap) throws Exception {
        String block = "{bootstrap.servers: \"" + bootstrap + "\", state.dir: \"" + folder.resolve("state")
                + "\", producer.delivery.timeout.ms: 2500, producer.request.timeout.ms: 2000, producer.linger.ms: 0,"
                + " group.instance.id: one}";
        return Files.writeString(
                folder.resolve("pipeline.yaml"),
                Pipelines.RECORD_KEY.replaceFirst("kafka: \\{.*\\}", "kafka: " + block));
    }

    private static void hurt(BrokerProcesses brokers, Broker client, Pipeline pipeline, Events events, Path log)
            throws Exception {
        ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
        try (KafkaProducer<byte[], byte[]> producer = client.producer()) {
            Runnable batch = () -> events.next(BATCH).forEach(producer::send);
            pace.scheduleAtFixedRate(batch, 0, 100, TimeUnit.MILLISECONDS);
            try {
                pauseAndKill(brokers, client, pipeline.topic(Kind.FORECASTS), log);
            } finally {
                // Before the producer closes: what is made after that would count and never be sent.
                pace.shutdown();
                assertThat(pace.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }
        }
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
