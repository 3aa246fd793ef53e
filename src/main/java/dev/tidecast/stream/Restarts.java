package dev.tidecast.stream;

import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: a new one after a pause, but only so often in a while. After that, or when
 * no new thread could do better, the whole client shuts down and the process ends with an error, so that somebody
 * notices. The pause is 1 s before the first restart and twice as long before each further one.
 */
final class Restarts implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Restarts.class);
    private static final int MOST = 5;
    private static final long WHILE = Duration.ofMinutes(10).toNanos();
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final String pipeline;
    private final Diagnosis diagnosis;
    private final PipelineMeters meters;
    private final LongSupplier nanoClock;
    private final Consumer<Duration> pause;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private volatile @Nullable String reason;

    /** @param pause lets the calling thread wait so long, or less if the pipeline is to stop */
    Restarts(Pipeline pipeline, PipelineMeters meters, LongSupplier nanoClock, Consumer<Duration> pause) {
        this.pipeline = pipeline.name();
        this.diagnosis = new Diagnosis(pipeline);
        this.meters = meters;
        this.nanoClock = nanoClock;
        this.pause = pause;
    }

    /** Called by Kafka Streams on the thread that dies. */
    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        String why = diagnosis.of(failure);
        int restart = isHopeless(failure) ? 0 : next();
        if (restart == 0) {
            LOG.error("{} stops: {}", pipeline, why, failure);
            reason = why;
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Duration length = FIRST_PAUSE.multipliedBy(1L << (restart - 1));
        LOG.warn(
                "{}: a stream thread died: {} (restart {} of {} in {} s)",
                pipeline,
                why,
                restart,
                MOST,
                length.toSeconds(),
                failure);
        meters.threadRestarted();
        pause.accept(length);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why the pipeline had to stop and what to do about it, in one line, if it had to. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** The number of this restart among those of the last while, from 1; 0 if there were enough. */
    private synchronized int next() {
        long now = nanoClock.getAsLong();
        while (!restarts.isEmpty() && now - restarts.getFirst() > WHILE) {
            restarts.removeFirst();
        }
        if (restarts.size() == MOST) {
            return 0;
        }
        restarts.addLast(now);
        return restarts.size();
    }

    private static boolean isHopeless(Throwable failure) {
        return Failures.concernsStoredBytes(failure)
                || Diagnosis.causes(failure).stream().anyMatch(VirtualMachineError.class::isInstance);
    }
}
