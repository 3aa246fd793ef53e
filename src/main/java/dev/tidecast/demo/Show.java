package dev.tidecast.demo;

import dev.tidecast.embedded.Replay;
import dev.tidecast.embedded.Sample;
import dev.tidecast.embedded.SampleStream;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.serve.Board;
import dev.tidecast.serve.Tail;
import dev.tidecast.stream.ForecastStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One pipeline of the demo with everything around it: its sample stream, its forecaster, its outputs read back. */
final class Show implements AutoCloseable {
    private final Pipeline pipeline;
    private final ForecastStream stream;
    private final Board board;
    private final Ledger ledger;
    private final Tail tail;
    private final Replay replay;
    private boolean replaying;

    Show(Pipeline pipeline, ForecastStream stream, SampleStream samples, Duration pace) {
        this.pipeline = pipeline;
        this.stream = stream;
        this.board = new Board(pipeline);
        this.ledger = new Ledger(pipeline.source().topic());
        this.tail = new Tail(pipeline, List.of(board, ledger));
        String brokers = String.valueOf(pipeline.kafka().get("bootstrap.servers"));
        this.replay =
                new Replay(samples, pipeline.source().topic(), pace, InstantSource.system(), Replay.producer(brokers));
    }

    /** Starts reading what comes out, then sending. */
    void start() {
        stream.start();
        tail.start();
        replay.start();
        replaying = true;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    ForecastStream stream() {
        return stream;
    }

    Board board() {
        return board;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Records sent so far. */
    long sent() {
        return replay.sent().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records the brokers have taken that a forecast must answer. */
    long acknowledgedGood() {
        return replay.acknowledged().entrySet().stream()
                .filter(kind -> kind.getKey().accepted())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Records the brokers have taken that must end as dead letters, by reason. */
    Map<String, Long> acknowledgedBad() {
        Map<String, Long> bad = new TreeMap<>();
        for (Map.Entry<Sample.Kind, Long> kind : replay.acknowledged().entrySet()) {
            if (!kind.getKey().accepted() && kind.getValue() > 0) {
                bad.put(kind.getKey().name(), kind.getValue());
            }
        }
        return bad;
    }

    /** Why the sender failed; null as long as all is well. */
    @Nullable
    Exception failure() {
        return replay.failure();
    }

    /** Stops sending; what was sent is acknowledged or lost when this returns. */
    synchronized void stopReplay() {
        if (replaying) {
            replaying = false;
            replay.close();
        }
    }

    /** Stops everything but the brokers; each part may take its time, so all are told at once. */
    @Override
    public void close() {
        CompletableFuture<Void> sending = CompletableFuture.runAsync(this::stopReplay, Show::inAThread);
        CompletableFuture<Void> reading = CompletableFuture.runAsync(tail::close, Show::inAThread);
        stream.close();
        sending.join();
        reading.join();
    }

    private static void inAThread(Runnable work) {
        new Thread(work, "closing").start();
    }
}
