package dev.tidecast.stream;

import dev.tidecast.embedded.BrokerProcesses;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Forecaster and bare topology under one processing guarantee, each in a JVM of its own on the same broker and input:
 * both are warmed up, then one runs while the other is paused, in turns. The waits are the measurement: wall time passes.
 */
final class Turns implements AutoCloseable {
    /** Between two looks at how far a side has come, and for a side to get going again. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final List<String> OPTIONS = List.of("-Xmx3g", "-XX:+UseG1GC");

    /** One turn. */
    record Turn(double recordsPerSecond, double appMicros, double brokerMicros) {}

    /** One side: its turns, what a record weighs, and how long a start without local state takes. */
    record Side(String name, List<Turn> turns, Sizes sizes, double restoreSeconds, long restoredRecords) {}

    /** Bytes on the broker: of outputs per record, of both changelogs in all. */
    record Sizes(double outputPerRecord, long changelog) {}

    /** Both sides, in pairs of turns. */
    record Result(Case of, Side forecaster, Side bare, Shape shape) {}

    private final BrokerProcesses brokers;
    private final Load load;
    private final BenchOptions options;
    private final Path folder;
    private final Case of;
    private final Consumer<String> progress;
    private final List<AppProcess> running = new ArrayList<>();
    private double fastest = 40_000;

    Turns(BrokerProcesses brokers, Load load, BenchOptions options, Path folder, Case of, Consumer<String> progress) {
        this.brokers = brokers;
        this.load = load;
        this.options = options;
        this.folder = folder;
        this.of = of;
        this.progress = line -> progress.accept(of.title() + ": " + line);
    }

    Result run() throws IOException, InterruptedException {
        Path forecasterFile = pipelineFile("forecaster");
        Path bareFile = pipelineFile("bare");
        Path shapeFile = folder.resolve(of.name() + ".shape");
        AppProcess forecaster = start("forecaster", forecasterFile, "-");
        Shape shape = Capture.of(brokers.bootstrap(), PipelineReader.read(forecasterFile));
        shape.write(shapeFile);
        AppProcess bare = start("bare", bareFile, shapeFile.toString());
        List<Turn> ofForecaster = new ArrayList<>();
        List<Turn> ofBare = new ArrayList<>();
        for (int pair = 1; pair <= BenchOptions.PAIRS; pair++) {
            ofForecaster.add(turn(forecaster));
            ofBare.add(turn(bare));
            progress.accept("pair %d of %d: forecaster %,.0f records/s, bare %,.0f"
                    .formatted(
                            pair,
                            BenchOptions.PAIRS,
                            ofForecaster.get(pair - 1).recordsPerSecond(),
                            ofBare.get(pair - 1).recordsPerSecond()));
        }
        Side bareSide = finish("bare", bare, bareFile, shapeFile.toString(), ofBare);
        Side forecasterSide = finish("forecaster", forecaster, forecasterFile, "-", ofForecaster);
        return new Result(of, forecasterSide, bareSide, shape);
    }

    private AppProcess start(String name, Path pipeline, String shape) throws IOException, InterruptedException {
        load.fillTo(options.keys());
        AppProcess app = new AppProcess(pipeline, shape, OPTIONS);
        running.add(app);
        progress.accept(name + " runs, warming up");
        long end = System.nanoTime() + Duration.ofSeconds(options.warmSeconds()).toNanos();
        AppProcess.Mark mark = app.mark();
        while (System.nanoTime() < end || mark.records() < options.warmRecords()) {
            load.fillTo(mark.records() + (long) (2 * fastest));
            letPass(LOOK);
            AppProcess.Mark now = app.mark();
            fastest = Math.max(fastest, rate(mark, now));
            mark = now;
        }
        app.pause();
        return app;
    }

    private Turn turn(AppProcess app) throws IOException, InterruptedException {
        load.fillTo(app.mark().records() + (long) (2 * fastest * (options.turnSeconds() + 1)));
        app.resume();
        letPass(LOOK);
        Duration brokerBefore = brokerCpu();
        AppProcess.Mark before = app.mark();
        letPass(Duration.ofMillis((long) (1000 * options.turnSeconds())));
        AppProcess.Mark after = app.mark();
        Duration brokerUsed = brokerCpu().minus(brokerBefore);
        app.pause();
        if (load.written() - after.records() < 1000) {
            throw new IllegalStateException("the input ran dry: the turn says nothing");
        }
        double records = Math.max(1, after.records() - before.records());
        return new Turn(
                rate(before, after),
                (after.cpuNanos() - before.cpuNanos()) / 1e3 / records,
                brokerUsed.toNanos() / 1e3 / records);
    }

    /** A rate is what comes by while time passes: there is no event to wait for. */
    private static void letPass(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    private Duration brokerCpu() {
        return ProcessHandle.of(brokers.pid(1))
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the broker's CPU time cannot be read here"));
    }

    private static double rate(AppProcess.Mark before, AppProcess.Mark after) {
        return (after.records() - before.records()) * 1e9 / (after.nanos() - before.nanos());
    }

    // Sizes first, then an orderly stop, the local state deleted, and a start that must restore everything.
    private Side finish(String name, AppProcess app, Path file, String shape, List<Turn> turns) throws IOException {
        Pipeline pipeline = PipelineReader.read(file);
        long records = app.mark().records();
        app.stop();
        Sizes sizes = TopicSizes.of(brokers.bootstrap(), pipeline, records);
        delete(stateFolder(name));
        progress.accept(name + " restores");
        try (AppProcess again = new AppProcess(file, shape, OPTIONS)) {
            return new Side(
                    name, turns, sizes, again.start().seconds(), again.start().restored());
        }
    }

    private Path stateFolder(String name) {
        return folder.resolve(name + "-" + of.name());
    }

    private Path pipelineFile(String name) throws IOException {
        Path file = folder.resolve(name + "-" + of.name() + ".yaml");
        return Files.writeString(file, """
                pipeline: %s-%s
                kafka: {bootstrap.servers: "%s", state.dir: "%s", processing.guarantee: %s}
                sources:
                  demand: {topic: %s, key: record, value: /qty, time: /sold_at}
                bucket:    {size: P1D, zone: Europe/Prague, aggregate: sum}
                horizon:   28
                quantiles: [0.1, 0.5, 0.9]
                target:    {kind: count, min: 0}
                season:    7
                late:      {grace: PT6H, after: dlq}
                %s
                """.formatted(
                name, of.name(), brokers.bootstrap(), stateFolder(name), of.guarantee(), Load.TOPIC, of.model()));
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    @Override
    public void close() {
        running.forEach(AppProcess::close);
    }
}
