package dev.tidecast.stream;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code bin/bench stops [name=value ...]}: how long a reader waits for a forecast when instances stop, die and come back.
 * The broker has the times of a broker as it is delivered; every name=value is a property of the {@code kafka:} block.
 * The figure is the longest silence of any of three partitions, for a reader of committed records.
 */
public final class StopBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int TURNS = 3;
    /** A test broker is quicker here than one as it is delivered. */
    private static final Map<String, String> AS_DELIVERED = Map.of(
            "group.initial.rebalance.delay.ms", "3000",
            "group.min.session.timeout.ms", "6000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");

    private final Path folder = Files.createTempDirectory("tidecast-stops-");
    private final Broker broker = new Broker(AS_DELIVERED);
    private final List<String> over;
    private final Pipeline pipeline;
    private final Flow flow;

    /** A turn: something that happens to instances, after which all is answered again. */
    private interface Turn {
        void run() throws Exception;
    }

    private StopBench(List<String> over) throws IOException {
        this.over = over;
        this.pipeline = PipelineReader.read(file("one"));
        broker.createTopic("readings", 3);
        this.flow = new Flow(broker, new Events("readings", false, 1), 200);
    }

    public static void main(String[] arguments) throws Exception {
        try (StopBench bench = new StopBench(List.of(arguments))) {
            bench.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        StreamProcess[] one = {StreamProcess.start(file("one"))};
        StreamProcess[] two = new StreamProcess[1];
        try (Silence silence = new Silence(broker, pipeline.topic(Kind.FORECASTS), PATIENCE)) {
            silence.awaitAll(PATIENCE);
            measure(silence, "the only instance: SIGTERM and start", () -> {}, () -> {
                one[0].terminate();
                one[0] = StreamProcess.start(file("one"));
            });
            measure(silence, "the only instance: kill -9 and start", () -> {}, () -> {
                one[0].kill();
                one[0] = StreamProcess.start(file("one"));
            });
            if (over.contains("group.protocol=streams")) {
                return;
            }
            Turn join = () -> {
                two[0] = StreamProcess.start(file("two"));
                broker.awaitMembers(pipeline.name(), 2, PATIENCE);
            };
            measure(silence, "one of two: joins", () -> {}, join, () -> two[0].terminate());
            measure(silence, "one of two: SIGTERM", join, () -> two[0].terminate());
            measure(silence, "one of two: kill -9", join, () -> two[0].kill());
            measure(
                    silence,
                    "one of two: SIGTERM and start",
                    join,
                    () -> {
                        two[0].terminate();
                        join.run();
                    },
                    () -> two[0].terminate());
        } finally {
            one[0].kill();
            if (two[0] != null) {
                two[0].kill();
            }
        }
    }

    private static void measure(Silence silence, String what, Turn before, Turn turn, Turn... after) throws Exception {
        double[] seconds = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            before.run();
            silence.awaitAll(PATIENCE);
            silence.begin();
            turn.run();
            silence.awaitAll(PATIENCE);
            seconds[i] = silence.longest().toMillis() / 1e3;
            for (Turn next : after) {
                next.run();
                silence.awaitAll(PATIENCE);
            }
        }
        String all = Arrays.stream(seconds)
                .sorted()
                .mapToObj(s -> String.format(Locale.ROOT, "%5.1f", s))
                .collect(Collectors.joining(" "));
        // Standard output is what a benchmark is for: bin/bench hands it on.
        System.out.printf(Locale.ROOT, "%-40s %s s%n", what, all);
    }

    private Path file(String instance) throws IOException {
        List<String> block = new ArrayList<>(List.of(
                "bootstrap.servers: \"" + broker.bootstrap() + "\"",
                "state.dir: \"" + folder.resolve(instance) + "\""));
        over.forEach(setting -> block.add(setting.replace("=", ": ").replace("INSTANCE", instance)));
        return Files.writeString(
                folder.resolve(instance + ".yaml"),
                Pipelines.RECORD_KEY.replaceFirst("kafka: \\{.*\\}", "kafka: {" + String.join(", ", block) + "}"));
    }

    @Override
    public void close() throws Exception {
        flow.close();
        broker.close();
        Turns.delete(folder);
    }
}
