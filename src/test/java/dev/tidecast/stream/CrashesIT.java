package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link KillIT} does, for longer, and then an instance that comes back from the dead: it is stopped until another
 * one has taken over its partitions and its transactions have timed out, and then goes on as if no time had passed.
 */
@Tag("long")
class CrashesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int KILLS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void tenKillsInARowAndAnInstanceThatComesBackFromTheDeadLoseDoubleAndChangeNothing() throws Exception {
        try (Broker broker = new Broker()) {
            broker.createTopic("readings", 3);
            Path first = file(broker, "one");
            Pipeline pipeline = PipelineReader.read(first);
            String forecasts = pipeline.topic(Kind.FORECASTS);
            Events events = new Events("readings", false, 12);
            SplittableRandom random = new SplittableRandom(5);
            StreamProcess one = StreamProcess.start(first);
            try {
                try (Flow flow = new Flow(broker, events, 200)) {
                    for (int i = 0; i < KILLS; i++) {
                        further(broker, forecasts, random.nextInt(1, 300));
                        one.kill();
                        one = StreamProcess.start(first);
                    }
                    further(broker, forecasts, 200);
                    try (StreamProcess two = StreamProcess.start(file(broker, "two"))) {
                        broker.awaitMembers(pipeline.name(), 2, PATIENCE);
                        further(broker, forecasts, 200);
                        one.pause();
                        broker.awaitMembers(pipeline.name(), 1, PATIENCE);
                        // Every partition is answered by the other instance before the first one wakes.
                        try (Silence silence = new Silence(broker, forecasts, PATIENCE)) {
                            silence.awaitAll(PATIENCE);
                        }
                        one.resume();
                        broker.awaitMembers(pipeline.name(), 2, PATIENCE);
                        further(broker, forecasts, 400);
                        assertThat(flow.isFlowing()).isTrue();
                        assertThat(two.isAlive()).isTrue();
                    }
                    further(broker, forecasts, 200);
                }
                Sayings.assertOnTopics(broker, pipeline, "readings", events.made());
                assertThat(one.isAlive()).isTrue();
            } finally {
                one.close();
            }
        }
    }

    private static void further(Broker broker, String topic, long offsets) throws InterruptedException {
        long until = broker.awaitStable(topic, 0, PATIENCE) + offsets;
        assertThat(broker.awaitStable(topic, until, PATIENCE)).isGreaterThanOrEqualTo(until);
    }

    /** Without a name in the group, as an instance is started by default. */
    private Path file(Broker broker, String instance) throws Exception {
        return Files.writeString(
                folder.resolve(instance + ".yaml"),
                Pipelines.RECORD_KEY
                        .replace("127.0.0.1:9092", broker.bootstrap())
                        .replace("state.dir: state", "state.dir: \"" + folder.resolve(instance) + "\""));
    }
}
