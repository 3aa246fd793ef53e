package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again while events keep coming: what a reader sees is what the oracle says. */
class KillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int KILLS = 4;
    private static final int BATCH = 20;

    private static Broker broker;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void noForecastIsLostDoubledOrDifferent() throws Exception {
        broker.createTopic("readings", 3);
        Path file = pipelineFile(Pipelines.RECORD_KEY);
        Pipeline pipeline = PipelineReader.read(file);
        Events events = new Events("readings", false, 5);
        try (StreamProcess survivor = runAndKill(pipeline, file, events)) {
            assertSays(pipeline, "readings", events.made());
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    @Test
    void norAcrossARepartitionTopicAndWithANetwork() throws Exception {
        broker.createTopic("sales", 3);
        Path file = pipelineFile(Networks.with(Pipelines.COMPOSITE_KEY, "lstm", folder));
        Pipeline pipeline = PipelineReader.read(file);
        Events events = new Events("sales", true, 6);
        try (StreamProcess survivor = runAndKill(pipeline, file, events)) {
            assertSays(pipeline, Names.repartitionTopic(pipeline.name()), events.made() - events.poison());
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    private Path pipelineFile(String yaml) throws Exception {
        String block = "{bootstrap.servers: \"" + broker.bootstrap() + "\", state.dir: \"" + folder.resolve("state")
                + "\", group.instance.id: one, repartition.purge.interval.ms: 86400000}";
        return Files.writeString(
                folder.resolve("pipeline.yaml"), yaml.replaceFirst("kafka: \\{.*\\}", "kafka: " + block));
    }

    /** Sends events at a steady pace; kills the process each time it has got a random way further; the last one lives. */
    private static StreamProcess runAndKill(Pipeline pipeline, Path file, Events events) throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        StreamProcess process = StreamProcess.start(file);
        try (KafkaProducer<byte[], byte[]> producer = broker.producer()) {
            ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
            try {
                Runnable batch = () -> events.next(BATCH).forEach(producer::send);
                pace.scheduleAtFixedRate(batch, 0, 50, TimeUnit.MILLISECONDS);
                long reached = 0;
                for (int i = 0; i < KILLS; i++) {
                    long next = reached + 1 + random.nextInt(800);
                    reached = broker.awaitStable(pipeline.topic(Kind.FORECASTS), next, PATIENCE);
                    assertThat(reached).isGreaterThanOrEqualTo(next);
                    process.kill();
                    process = StreamProcess.start(file);
                }
                return process;
            } finally {
                // Before the producer closes: what is made after that would count and never be sent.
                pace.shutdown();
                assertThat(pace.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void assertSays(Pipeline pipeline, String topic, int events) {
        List<List<ConsumerRecord<byte[], byte[]>>> input = broker.committed(topic, events, PATIENCE);
        assertThat(Sayings.count(input)).isEqualTo(events);
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
            List<List<String>> expected = Sayings.expected(pipeline, input, kind, Set.of());
            assertThat(Sayings.count(expected)).isGreaterThan(500);
            List<List<String>> seen =
                    Sayings.seen(broker.committed(pipeline.topic(kind), Sayings.count(expected), PATIENCE));
            Sayings.assertSame(kind, seen, expected);
        }
    }
}
