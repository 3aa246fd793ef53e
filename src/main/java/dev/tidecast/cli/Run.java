package dev.tidecast.cli;

import dev.tidecast.log.KnownLines;
import dev.tidecast.pipeline.BucketWords;
import dev.tidecast.pipeline.HttpSpec;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.serve.Opened;
import dev.tidecast.stream.Addresses;
import dev.tidecast.stream.ForecastStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidecast run FILE}: one pipeline on your brokers, until it is told to stop. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run a pipeline on your Kafka brokers. Ctrl-C or SIGTERM commits, stops and exits with 0.")
final class Run implements Callable<Integer> {
    private static final int LAST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file (YAML).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "Brokers, over those of the file.")
    private @Nullable String bootstrap;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Where the state is kept; default: that of the file, else tidecast-state.")
    private @Nullable Path stateDir;

    @Option(names = "--port", paramLabel = "N", description = "HTTP port, over that of the file; 0: any free one.")
    private @Nullable Integer port;

    @Override
    public Integer call() throws Exception {
        Pipeline written = PipelineReader.read(file);
        Pipeline pipeline = written.withKafka(kafka(written));
        Service service = new Service(pipeline, http(written.http()), new Opened());
        try (Ending ending = new Ending(service, service::exitCode)) {
            return ending.during(() -> serve(pipeline, service, ending));
        }
    }

    private int serve(Pipeline pipeline, Service service, Ending ending) throws IOException, InterruptedException {
        KnownLines.starting(true);
        Service.Running running = service.open();
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%s: %s%n", pipeline.name(), BucketWords.of(pipeline).line());
        out.printf("%s is starting, see %s%n", pipeline.name(), running.url());
        ForecastStream stream = running.stream();
        boolean ready = becomesReady(stream, ending);
        KnownLines.starting(false);
        if (ready) {
            out.printf(
                    "%s is ready: it reads %s and writes %s%n",
                    pipeline.name(), pipeline.source().topic(), pipeline.topic(Kind.FORECASTS));
        }
        if (stream.awaitEnd() == 0) {
            return 0;
        }
        throw new Failure(stream.health().failure().orElse("the stream has stopped by itself, the log says why"));
    }

    /** Waits until the stream answers events; false if it will not. */
    private static boolean becomesReady(ForecastStream stream, Ending ending) throws InterruptedException {
        ForecastStream.Health health = stream.health();
        while (!ending.isBegun() && health.live() && !health.ready()) {
            TimeUnit.MILLISECONDS.sleep(100);
            health = stream.health();
        }
        return health.ready() && !ending.isBegun();
    }

    private HttpSpec http(HttpSpec written) {
        if (port == null) {
            return written;
        }
        if (port < 0 || port > LAST_PORT) {
            throw Failure.wrongUsage("--port is from 0 (any free one) to " + LAST_PORT + ", was " + port, null);
        }
        return new HttpSpec(written.host(), port);
    }

    /** Refuses addresses of brokers that are none, before anything is opened. */
    private static void check(String option, String addresses) {
        Addresses.fault(addresses).ifPresent(fault -> {
            throw Failure.wrongUsage(option + " " + fault, null);
        });
    }

    private Map<String, String> kafka(Pipeline pipeline) {
        Map<String, String> over = new HashMap<>();
        String servers = pipeline.kafka().get("bootstrap.servers");
        if (bootstrap != null) {
            check("--bootstrap", bootstrap);
            over.put("bootstrap.servers", bootstrap);
        } else if (servers != null) {
            check(file + ": kafka.bootstrap.servers", servers);
        } else {
            throw new ParameterException(
                    spec.commandLine(),
                    "say where the brokers are: --bootstrap HOST:PORT, or kafka: {bootstrap.servers: ...} in " + file);
        }
        String kept = pipeline.kafka().get("state.dir");
        if (stateDir == null && kept != null) {
            OutputPath.makeFolder(file + ": kafka.state.dir", Path.of(kept));
        } else {
            Path folder = (stateDir == null ? Path.of("tidecast-state") : stateDir).toAbsolutePath();
            OutputPath.makeFolder("--state-dir", folder);
            over.put("state.dir", folder.toString());
        }
        return over;
    }
}
