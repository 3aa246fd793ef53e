package dev.tidecast.stream;

import dev.tidecast.metrics.Meters;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
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
    /** What has not started has nothing to commit, and clients that never met a broker may wait long for one. */
    private static final Duration DROP_WITHIN = Duration.ofSeconds(2);

    /** The state of a pipeline that runs while no broker answers. */
    public static final String BROKERS_SILENT = "BROKERS_SILENT";

    private final Pipeline pipeline;
    private final Meters meters;
    private final StreamsConfig config;
    private final Topology topology;
    private final Pause pause = new Pause();
    private final Restarts restarts;
    private final KafkaStreams streams;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean started;
    private volatile @Nullable Admin admin;
    private volatile @Nullable BrokerWatch watch;
    private volatile Meters.@Nullable Binding binding;

    /**
     * How a pipeline is.
     *
     * @param state Kafka Streams' word: CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING, ERROR ...; or
     *     {@link #BROKERS_SILENT} where that word is RUNNING and no broker has answered for some seconds
     * @param threads stream threads that are alive
     * @param failure what made it give up and what to do about it, in one line
     * @param ready whether it runs with all its state restored, every thread alive and brokers that answer
     */
    public record Health(String pipeline, String state, int threads, boolean ready, Optional<String> failure) {
        /** Whether it will go on by itself. */
        public boolean live() {
            return failure.isEmpty() && !state.equals("ERROR") && !state.equals("NOT_RUNNING");
        }
    }

    /** A pipeline ready to start; a {@link StartException} if its {@code kafka:} block or its state folder cannot be used. */
    public ForecastStream(Pipeline pipeline, Meters meters) {
        PipelineMeters own = meters.pipeline(pipeline.name());
        this.pipeline = pipeline;
        this.meters = meters;
        this.config = StreamSettings.of(pipeline, own);
        Brokers.check(config);
        StateFolder.check(config);
        this.topology = new ForecastTopology(pipeline, own, InstantSource.system()).build(config);
        this.restarts = new Restarts(pipeline, own, System::nanoTime, pause::await);
        this.streams = streams(topology, config);
        streams.setUncaughtExceptionHandler(this::died);
        streams.setStateListener((now, before) -> {
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
    }

    private static KafkaStreams streams(Topology topology, StreamsConfig config) {
        try {
            return new KafkaStreams(topology, config);
        } catch (StreamsException e) {
            throw StateFolder.refused(config, e);
        } catch (KafkaException e) {
            throw StreamSettings.refused(e);
        }
    }

    private StreamThreadExceptionResponse died(Throwable failure) {
        // Kafka Streams does this for its first threads only: the stack traces of those it adds would go to the
        // console.
        Thread.currentThread().setUncaughtExceptionHandler((thread, again) -> {});
        StreamThreadExceptionResponse response = restarts.handle(failure);
        if (response == StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                && streams.state().isRunningOrRebalancing()) {
            // Kafka Streams alone would stay in the group. This thread cannot wait for its own end.
            streams.close(leaving(Duration.ZERO));
        }
        return response;
    }

    /**
     * Who leaves the group hands its partitions on at once; who only falls silent is waited for. Whoever has set
     * {@code group.instance.id} wants to be waited for.
     */
    private CloseOptions leaving(Duration within) {
        return CloseOptions.timeout(within)
                .withGroupMembershipOperation(
                        StreamSettings.isStaticMember(config)
                                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP);
    }

    /**
     * Checks topics and rights and starts; returns before the state is restored, {@link #health} tells when it is. If it
     * fails, everything is closed; a {@link StartException} says what would put it right, within 15 seconds where no
     * broker answers.
     */
    public void start() {
        try {
            prepare();
            binding = meters.bind(streams, pipeline.name());
            streams.start();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
        LOG.info("{}: started, reads {}", pipeline.name(), pipeline.source().topic());
    }

    private void prepare() {
        Admin asked = Brokers.admin(config, pipeline.name());
        admin = asked;
        new Topics(pipeline, asked, config).prepare();
        new Rights(pipeline.name(), asked).check(StreamSettings.isExactlyOnce(config));
        BrokerWatch asking = new BrokerWatch(BrokerWatch.whereIs(pipeline.name(), asked), System::nanoTime);
        watch = asking;
        asking.start();
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
        boolean running = state == KafkaStreams.State.RUNNING;
        boolean silent = running && isSilent();
        return new Health(
                pipeline.name(),
                silent ? BROKERS_SILENT : state.name(),
                alive,
                running && !silent && alive >= wanted,
                failure());
    }

    private boolean isSilent() {
        BrokerWatch asking = watch;
        return asking != null && asking.isSilent();
    }

    /** What made it give up and what to do about it, in one line; empty as long as it has not. */
    public Optional<String> failure() {
        return restarts.reason();
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
        pause.stop();
        Duration within = started ? STOP_WITHIN : DROP_WITHIN;
        if (!streams.close(leaving(within)) && started) {
            LOG.warn("{}: did not stop within {}", pipeline.name(), within);
        }
        closeAround();
        ended.countDown();
    }

    private void closeAround() {
        BrokerWatch asking = watch;
        if (asking != null) {
            asking.close();
        }
        Admin asked = admin;
        if (asked != null) {
            asked.close(Duration.ZERO);
        }
        Meters.Binding bound = binding;
        if (bound != null) {
            bound.close();
        }
    }
}
