package dev.tidecast.demo;

import dev.tidecast.embedded.EmbeddedBroker;
import dev.tidecast.embedded.Folders;
import dev.tidecast.embedded.SampleStream;
import dev.tidecast.embedded.SampleStreams;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.serve.Board;
import dev.tidecast.serve.Conditions;
import dev.tidecast.serve.HttpSide;
import dev.tidecast.serve.Opened;
import dev.tidecast.stream.ForecastStream;
import dev.tidecast.stream.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Everything the demo runs in this process, opened and closed by the verb: a broker, two pipelines with their sample streams, the HTTP side, a folder
 * for state. {@link #close} stops it all and leaves nothing; it may be called while {@link #open} is still at it.
 */
public final class Stage implements AutoCloseable {
    private final Path home;
    private final long seed;
    private final Opened opened = new Opened();
    private final List<Show> shows = new CopyOnWriteArrayList<>();
    private volatile String brokers = "";
    private volatile String url = "";

    /** @param home where {@code topology/} is */
    public Stage(Path home, long seed) {
        this.home = home;
        this.seed = seed;
    }

    /** Starts everything; the HTTP side listens on this port or the next free one. */
    public void open(int port) throws IOException {
        Pipeline demand = read("demand.yaml");
        Pipeline stock = read("stock.yaml");
        Meters meters = opened.open(Meters::new, Meters::close);
        Path states = opened.open(() -> Files.createTempDirectory("tidecast-demo-"), Folders::delete);
        // The classes of Kafka Streams take as long to load as the broker to start: do both at once.
        CompletableFuture<Void> warm =
                opened.open(() -> CompletableFuture.runAsync(() -> Warmth.load(demand, states)), Stage::awaitEndOf);
        EmbeddedBroker broker = opened.open(EmbeddedBroker::start, EmbeddedBroker::close);
        brokers = broker.bootstrap();
        broker.createTopics(
                List.of(new NewTopic("retail.sales", 1, (short) 1), new NewTopic("market.trades", 1, (short) 1)));
        warm.join();
        opened.open(() -> shows, all -> all.parallelStream().forEach(Show::close));
        Map<String, String> kafka = Map.of("bootstrap.servers", brokers, "state.dir", states.toString());
        SampleStream sales = SampleStreams.demand(seed, SampleStreams.DEMAND_START);
        SampleStream trades = SampleStreams.stock(seed, SampleStreams.STOCK_START);
        add(demand.withKafka(kafka), meters, sales, SampleStreams.DEMAND_PACE);
        add(stock.withKafka(kafka), meters, trades, SampleStreams.STOCK_PACE);
        List<Board> boards = shows.stream().map(Show::board).toList();
        Conditions health = new Conditions(shows.stream().map(Show::stream).toList());
        url = opened.open(() -> HttpSide.startNear(port, boards, health, meters), HttpSide::close)
                .url();
        startShows();
    }

    /** Both at once, in threads that are interrupted when everything is closed meanwhile. */
    private void startShows() {
        ExecutorService starters = opened.open(Executors::newCachedThreadPool, ExecutorService::shutdownNow);
        shows.stream()
                .map(show -> CompletableFuture.runAsync(show::start, starters))
                .toList()
                .forEach(CompletableFuture::join);
        starters.shutdown();
    }

    private Pipeline read(String name) {
        Path file = home.resolve("topology").resolve(name);
        if (!Files.exists(file)) {
            throw new StartException("the demo needs " + file + ": start it with ./tidecast from a checkout");
        }
        return PipelineReader.read(file);
    }

    private void add(Pipeline pipeline, Meters meters, SampleStream samples, Duration pace) {
        ForecastStream stream = opened.open(() -> new ForecastStream(pipeline, meters), ForecastStream::close);
        shows.add(new Show(pipeline, stream, samples, pace));
    }

    private static void awaitEndOf(CompletableFuture<Void> work) {
        work.handle((done, failure) -> done).join();
    }

    List<Show> shows() {
        return List.copyOf(shows);
    }

    String url() {
        return url;
    }

    String brokers() {
        return brokers;
    }

    @Override
    public void close() {
        opened.close();
    }
}
