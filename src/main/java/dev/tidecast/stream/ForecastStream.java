package dev.tidecast.stream;

import dev.tidecast.metrics.Meters;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running pipeline: checks the topics, starts Kafka Streams, says how it is, stops. One object runs once.
 *
 * <p>{@code start}, {@code awaitEnd} and {@code close} belong to the thread that owns the process; {@code health} and
 * {@code series} may be asked by any thread at any time.
 */
public final class ForecastStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastStream.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private final Pipeline pipeline;
    private final Meters meters;
    private final StreamsConfig config;
    private final Topology topology;
    private final Restarts restarts;
    private final KafkaStreams streams;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Meters.@Nullable Binding binding;

    /**
     * How a pipeline is.
     *
     * @param state Kafka Streams' word: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING, ERROR ...
     * @param threads stream threads that are alive
     * @param failure what made it give up
     * @param ready whether it runs with all its state restored and every thread alive
     */
    public record Health(String pipeline, String state, int threads, boolean ready, Optional<String> failure) {
        /** Whether it will go on by itself. */
        public boolean live() {
            return failure.isEmpty() && !state.equals("ERROR") && !state.equals("NOT_RUNNING");
        }
    }

    /** A pipeline ready to start; a {@link StartException} if its {@code kafka:} block cannot be used. */
    public ForecastStream(Pipeline pipeline, Meters meters) {
        PipelineMeters own = meters.pipeline(pipeline.name());
        this.pipeline = pipeline;
        this.meters = meters;
        this.config = StreamSettings.of(pipeline, own);
        this.topology = new ForecastTopology(pipeline, own, InstantSource.system()).build(config);
        this.restarts = new Restarts(pipeline.name(), own, System::nanoTime);
        this.streams = new KafkaStreams(topology, config);
        streams.setUncaughtExceptionHandler(restarts);
        streams.setStateListener((now, before) -> {
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
    }

    /** Checks the topics and starts; returns before the state is restored, {@link #health} tells when it is. */
    public void start() {
        try (Admin admin = Admin.create(config.getAdminConfigs(pipeline.name() + "-check"))) {
            new Topics(pipeline, admin, StreamSettings.largestRecord(config)).prepare();
        } catch (StartException e) {
            close();
            throw e;
        }
        binding = meters.bind(streams, pipeline.name());
        streams.start();
        LOG.info("{}: started, reads {}", pipeline.name(), pipeline.source().topic());
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** The operators, stores and topics, as Kafka Streams describes them. */
    public String description() {
        return topology.describe().toString();
    }

    public Health health() {
        KafkaStreams.State state = streams.state();
        int alive = (int) streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count();
        int wanted = config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        boolean ready = state == KafkaStreams.State.RUNNING && alive >= wanted;
        return new Health(
                pipeline.name(),
                state.name(),
                alive,
                ready,
                restarts.reason().map(why -> Failures.root(why).toString()));
    }

    /**
     * The stored bytes of a key, if this instance holds them; empty if it does not or if the key is unknown. A
     * {@link NotReadyException} while state is being moved or restored.
     */
    public Optional<byte[]> series(String key) {
        try {
            return Optional.ofNullable(streams.store(StoreQueryParameters.fromNameAndType(
                            Names.SERIES_STORE, QueryableStoreTypes.<String, byte[]>keyValueStore()))
                    .get(key));
        } catch (InvalidStateStoreException e) {
            throw new NotReadyException(pipeline.name() + " is " + streams.state() + ", ask again", e);
        }
    }

    /** State is being moved or restored: ask again. */
    public static final class NotReadyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotReadyException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Waits until the pipeline has ended, by {@link #close} or by itself, and gives the exit code: 0 or 1. */
    public int awaitEnd() throws InterruptedException {
        ended.await();
        return exitCode();
    }

    /** 1 if the pipeline gave up, else 0. */
    public int exitCode() {
        return restarts.reason().isPresent() || streams.state() == KafkaStreams.State.ERROR ? 1 : 0;
    }

    /** Commits what is done and stops; may be called from any thread and more than once. */
    @Override
    public void close() {
        if (!streams.close(STOP_WITHIN)) {
            LOG.warn("{}: did not stop within {}", pipeline.name(), STOP_WITHIN);
        }
        Meters.Binding bound = binding;
        if (bound != null) {
            bound.close();
        }
        ended.countDown();
    }
}
