package dev.tidecast.cli;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.HttpSpec;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.serve.Board;
import dev.tidecast.serve.Conditions;
import dev.tidecast.serve.HttpSide;
import dev.tidecast.serve.Opened;
import dev.tidecast.serve.Tail;
import dev.tidecast.stream.ForecastStream;
import dev.tidecast.stream.StartException;
import java.io.IOException;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline on somebody's brokers with all that is around it: meters, the HTTP side, the outputs read back. {@link Run}
 * opens it. {@link #close} closes whatever has been opened, from any thread, also while {@link #open} is still at it.
 */
final class Service implements AutoCloseable {
    private final Pipeline pipeline;
    private final HttpSpec where;
    private final Opened opened;
    private volatile @Nullable ForecastStream stream;

    /** @param opened what keeps the parts; a test hands in one that fails */
    Service(Pipeline pipeline, HttpSpec where, Opened opened) {
        this.pipeline = pipeline;
        this.where = where;
        this.opened = opened;
    }

    /** Opens everything and starts the stream, the HTTP side first: a port that is taken stops it before it joins a group. */
    Running open() throws IOException {
        Meters meters = opened.open(Meters::new, Meters::close);
        ForecastStream made = opened.open(() -> stream(meters), ForecastStream::close);
        stream = made;
        Board board = new Board(pipeline);
        HttpSide http = opened.open(() -> http(board, made, meters), HttpSide::close);
        made.start();
        opened.open(() -> new Tail(pipeline, List.of(board)).start(), Tail::close);
        return new Running(made, http.url());
    }

    /** What runs once everything is open. */
    record Running(ForecastStream stream, String url) {}

    /** 1 if the stream gave up, else 0, also before there was one. */
    int exitCode() {
        ForecastStream made = stream;
        return made == null ? 0 : made.exitCode();
    }

    @Override
    public void close() {
        opened.close();
    }

    private ForecastStream stream(Meters meters) {
        try {
            return new ForecastStream(pipeline, meters);
        } catch (StartException | ConfigException e) {
            throw Failure.wrongUsage(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            if (e.getCause() instanceof ConfigException settings) {
                // For instance that no name of a broker can be resolved: the settings are sound, the network is not.
                throw new Failure(
                        "cannot make a client for the brokers at "
                                + pipeline.kafka().get("bootstrap.servers") + ": " + settings.getMessage(),
                        e);
            }
            throw new Failure("Kafka Streams cannot start: " + e.getMessage(), e);
        }
    }

    private HttpSide http(Board board, ForecastStream made, Meters meters) throws IOException {
        try {
            return HttpSide.start(where.host(), where.port(), List.of(board), new Conditions(List.of(made)), meters);
        } catch (IOException e) {
            throw new Failure(
                    "cannot listen on " + where.host() + ":" + where.port() + " (" + e.getMessage()
                            + "): choose another with --port, 0 takes any free one",
                    e);
        }
    }
}
