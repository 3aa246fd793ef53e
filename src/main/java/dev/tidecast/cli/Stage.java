package dev.tidecast.cli;

import dev.tidecast.embedded.EmbeddedBroker;
import dev.tidecast.embedded.SampleStream;
import dev.tidecast.embedded.SampleStreams;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.serve.HttpSide;
import dev.tidecast.stream.ForecastStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * Everything the demo runs in this process: a broker, two pipelines with their sample streams, the HTTP side, a folder
 * for state. {@link #close} stops it all and leaves nothing; it may be called while {@link #open} is still at it.
 */
final class Stage implements AutoCloseable {
    private final Path home;
    private final long seed;
    private final Meters meters = new Meters();
    private final List<Show> shows = new ArrayList<>();
    private @Nullable EmbeddedBroker broker;
    private @Nullable HttpSide http;
    private @Nullable Path folder;
    private boolean closed;

    /** @param home where {@code topology/} is */
    Stage(Path home, long seed) {
        this.home = home;
        this.seed = seed;
    }

    /** Starts everything; the HTTP side listens on this port or the next free one. */
    void open(int port) throws IOException {
        Pipeline demand = read("demand.yaml");
        Pipeline stock = read("stock.yaml");
        // The classes of Kafka Streams take as long to load as the broker to start: do both at once.
        Path states = states();
        CompletableFuture<Void> warm = CompletableFuture.runAsync(() -> Warmth.load(demand, states));
        String brokers = brokers(EmbeddedBroker.start());
        warm.join();
        Map<String, String> kafka = Map.of("bootstrap.servers", brokers, "state.dir", states.toString());
        add(demand.withKafka(kafka), SampleStreams.demand(seed, SampleStreams.DEMAND_START), SampleStreams.DEMAND_PACE);
        add(stock.withKafka(kafka), SampleStreams.stock(seed, SampleStreams.STOCK_START), SampleStreams.STOCK_PACE);
        listen(port);
        shows().parallelStream().forEach(Show::start);
    }

    private Pipeline read(String name) {
        Path file = home.resolve("topology").resolve(name);
        if (!Files.exists(file)) {
            throw new Failure("the demo needs " + file + ": start it with ./tidecast from a checkout");
        }
        return PipelineReader.read(file);
    }

    private synchronized String brokers(EmbeddedBroker started) {
        broker = started;
        checkOpen();
        started.createTopics(
                List.of(new NewTopic("retail.sales", 1, (short) 1), new NewTopic("market.trades", 1, (short) 1)));
        return started.bootstrap();
    }

    private synchronized Path states() throws IOException {
        checkOpen();
        folder = Files.createTempDirectory("tidecast-demo-");
        return folder;
    }

    private synchronized void add(Pipeline pipeline, SampleStream samples, Duration pace) {
        checkOpen();
        shows.add(new Show(pipeline, new ForecastStream(pipeline, meters), samples, pace));
    }

    private synchronized void listen(int port) throws IOException {
        checkOpen();
        List<ForecastStream> streams = shows.stream().map(Show::stream).toList();
        http = HttpSide.startNear(port, shows.stream().map(Show::board).toList(), new Conditions(streams), meters);
    }

    private void checkOpen() {
        if (closed) {
            close();
            throw new Failure("stopped while starting");
        }
    }

    synchronized List<Show> shows() {
        return List.copyOf(shows);
    }

    synchronized String url() {
        return http == null ? "" : http.url();
    }

    synchronized String brokers() {
        return broker == null ? "" : broker.bootstrap();
    }

    @Override
    public synchronized void close() {
        closed = true;
        shows.parallelStream().forEach(Show::close);
        if (http != null) {
            http.close();
        }
        if (broker != null) {
            broker.close();
        }
        meters.close();
        if (folder != null) {
            delete(folder);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
