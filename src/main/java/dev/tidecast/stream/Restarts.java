package dev.tidecast.stream;

import dev.tidecast.forecast.StateException;
import dev.tidecast.metrics.PipelineMeters;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that died: a new one, but only so often in a while. After that, or when no new thread
 * could do better, the whole client shuts down and the process ends with an error, so that somebody notices.
 */
final class Restarts implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Restarts.class);
    private static final int MOST = 5;
    private static final long WHILE = Duration.ofMinutes(10).toNanos();

    private final String pipeline;
    private final PipelineMeters meters;
    private final LongSupplier nanoClock;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private volatile @Nullable Throwable reason;

    Restarts(String pipeline, PipelineMeters meters, LongSupplier nanoClock) {
        this.pipeline = pipeline;
        this.meters = meters;
        this.nanoClock = nanoClock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        long now = nanoClock.getAsLong();
        while (!restarts.isEmpty() && now - restarts.getFirst() > WHILE) {
            restarts.removeFirst();
        }
        if (isHopeless(failure) || restarts.size() == MOST) {
            LOG.error("{}: a stream thread died, the pipeline stops", pipeline, failure);
            reason = failure;
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        restarts.addLast(now);
        meters.threadRestarted();
        LOG.warn("{}: a stream thread died, restart {} of {}", pipeline, restarts.size(), MOST, failure);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why the pipeline had to stop, if it had to. */
    Optional<Throwable> reason() {
        return Optional.ofNullable(reason);
    }

    private static boolean isHopeless(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < 16 && cause != null; i++) {
            if (cause instanceof StateException
                    || cause instanceof ArrivalSerde.NewerArrivalException
                    || cause instanceof VirtualMachineError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
