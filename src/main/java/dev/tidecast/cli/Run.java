package dev.tidecast.cli;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.HttpSpec;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.serve.Board;
import dev.tidecast.serve.HttpSide;
import dev.tidecast.serve.Tail;
import dev.tidecast.stream.ForecastStream;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    public Integer call() throws InterruptedException, IOException {
        Pipeline written = PipelineReader.read(file);
        Pipeline pipeline = written.withKafka(kafka(written));
        Meters meters = new Meters();
        ForecastStream stream = new ForecastStream(pipeline, meters);
        stream.start();
        Board board = new Board(pipeline);
        HttpSide http = http(pipeline.http(), board, stream, meters);
        Tail tail = new Tail(pipeline, List.of(board)).start();
        try (Ending ending = new Ending(() -> close(http, tail, stream, meters), stream::exitCode)) {
            spec.commandLine().getOut().printf("%s runs, see %s%n", pipeline.name(), http.url());
            return stream.awaitEnd();
        }
    }

    private static void close(HttpSide http, Tail tail, ForecastStream stream, Meters meters) {
        http.close();
        tail.close();
        stream.close();
        meters.close();
    }

    private HttpSide http(HttpSpec where, Board board, ForecastStream stream, Meters meters) throws IOException {
        int number = port == null ? where.port() : port;
        try {
            return HttpSide.start(where.host(), number, List.of(board), new Conditions(List.of(stream)), meters);
        } catch (BindException e) {
            stream.close();
            throw new Failure(
                    "cannot listen on " + where.host() + ":" + number + " (" + e.getMessage()
                            + "): choose another with --port, 0 takes any free one",
                    e);
        }
    }

    private Map<String, String> kafka(Pipeline pipeline) {
        Map<String, String> over = new HashMap<>();
        if (bootstrap != null) {
            over.put("bootstrap.servers", bootstrap);
        } else if (!pipeline.kafka().containsKey("bootstrap.servers")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "say where the brokers are: --bootstrap HOST:PORT, or kafka: {bootstrap.servers: ...} in " + file);
        }
        if (stateDir != null || !pipeline.kafka().containsKey("state.dir")) {
            Path folder = stateDir == null ? Path.of("tidecast-state") : stateDir;
            over.put("state.dir", folder.toAbsolutePath().toString());
        }
        return over;
    }
}
