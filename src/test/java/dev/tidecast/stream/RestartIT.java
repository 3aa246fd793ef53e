package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Instances in JVMs of their own that start, stop and die while events keep coming. */
@Tag("long")
class RestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** So long the group would wait for an instance that has not left it; longer than any busy machine needs to start. */
    private static final Duration SESSION = Duration.ofSeconds(60);

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
    void theOnlyInstanceAnswersAgainAfterACleanRestartWithoutWaitingForItsOldSession() throws Exception {
        broker.createTopic("alone-in", 3);
        Path file = file("alone", "one");
        Files.writeString(
                file,
                Files.readString(file).replace("kafka: {", "kafka: {session.timeout.ms: " + SESSION.toMillis() + ", "));
        Pipeline pipeline = PipelineReader.read(file);
        Events events = new Events("alone-in", false, 7);
        StreamProcess process = StreamProcess.start(file);
        try (Flow flow = new Flow(broker, events, 200);
                Silence silence = silence(pipeline)) {
            silence.begin();
            process.terminate();
            process = StreamProcess.start(file);
            silence.awaitAll(PATIENCE);
            assertThat(silence.longest()).isLessThan(SESSION.minusSeconds(15));
            assertThat(flow.isFlowing()).isTrue();
        } finally {
            process.close();
        }
    }

    @Test
    void twoInstancesThatJoinLeaveAndDieLoseDoubleAndChangeNothing() throws Exception {
        broker.createTopic("pair-in", 3);
        Pipeline pipeline = PipelineReader.read(file("pair", "one"));
        Events events = new Events("pair-in", false, 8);
        try (StreamProcess one = StreamProcess.start(file("pair", "one"))) {
            try (Flow flow = new Flow(broker, events, 200);
                    Silence silence = silence(pipeline)) {
                try (StreamProcess two = StreamProcess.start(file("pair", "two"))) {
                    broker.awaitMembers("pair", 2, PATIENCE);
                    silence.awaitAll(PATIENCE);
                    two.terminate();
                }
                silence.awaitAll(PATIENCE);
                try (StreamProcess two = StreamProcess.start(file("pair", "two"))) {
                    broker.awaitMembers("pair", 2, PATIENCE);
                    silence.awaitAll(PATIENCE);
                    two.kill();
                }
                silence.awaitAll(PATIENCE);
                assertThat(flow.isFlowing()).isTrue();
            }
            Sayings.assertOnTopics(broker, pipeline, "pair-in", events.made());
            assertThat(one.isAlive()).isTrue();
        }
    }

    private static Silence silence(Pipeline pipeline) throws InterruptedException {
        Silence silence = new Silence(broker, pipeline.topic(Kind.FORECASTS), PATIENCE);
        silence.awaitAll(PATIENCE);
        return silence;
    }

    private Path file(String name, String instance) throws Exception {
        return Files.writeString(
                folder.resolve(name + "-" + instance + ".yaml"),
                Pipelines.RECORD_KEY
                        .replace("pipeline: meters", "pipeline: " + name)
                        .replace("topic: readings", "topic: " + name + "-in")
                        .replace("127.0.0.1:9092", broker.bootstrap())
                        .replace("state.dir: state", "state.dir: \"" + folder.resolve(instance) + "\""));
    }
}
