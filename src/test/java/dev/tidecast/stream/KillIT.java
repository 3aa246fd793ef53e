package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed again and again while events keep coming: what a reader sees is what the oracle says. */
class KillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int KILLS = 4;

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
            Sayings.assertOnTopics(broker, pipeline, "readings", events.made());
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
            String between = Names.repartitionTopic(pipeline.name());
            Sayings.assertOnTopics(broker, pipeline, between, events.made() - events.poison());
            assertThat(survivor.isAlive()).isTrue();
        }
    }

    private Path pipelineFile(String yaml) throws Exception {
        String block = "{bootstrap.servers: \"" + broker.bootstrap() + "\", state.dir: \"" + folder.resolve("state")
                + "\", group.instance.id: one, repartition.purge.interval.ms: 86400000}";
        return Files.writeString(
                folder.resolve("pipeline.yaml"), yaml.replaceFirst("kafka: \\{.*\\}", "kafka: " + block));
    }

    /** Kills the process each time it has got a random way further, while events keep coming; the last one lives. */
    private static StreamProcess runAndKill(Pipeline pipeline, Path file, Events events) throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        StreamProcess process = StreamProcess.start(file);
        try (Flow flow = new Flow(broker, events, 400)) {
            long reached = 0;
            for (int i = 0; i < KILLS; i++) {
                long next = reached + 1 + random.nextInt(800);
                reached = broker.awaitStable(pipeline.topic(Kind.FORECASTS), next, PATIENCE);
                assertThat(reached).isGreaterThanOrEqualTo(next);
                process.kill();
                process = StreamProcess.start(file);
            }
            assertThat(flow.isFlowing()).isTrue();
            return process;
        }
    }
}
