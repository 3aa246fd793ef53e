package dev.tidecast.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The meters of one pipeline. Called by its stream threads on every event, so each meter is looked up once and kept.
 * What is counted in a transaction that is later aborted is counted again when its events come back: meters show the
 * work done, topics show the truth.
 */
public final class PipelineMeters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<String, Counter> events = new ConcurrentHashMap<>();
    private final Map<String, Counter> forecasts = new ConcurrentHashMap<>();
    private final Map<String, Counter> deadLetters = new ConcurrentHashMap<>();
    private final Map<Integer, ScoreMeters> scores = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> states = new ConcurrentHashMap<>();
    private final Counter late;
    private final Counter closed;
    private final Counter corrupt;
    private final Counter failed;
    private final Counter stale;
    private final Counter restarts;
    private final Timer time;
    private final Map<String, Standing> watermarks = new ConcurrentHashMap<>();

    /** Where the watermark of one task stands. */
    private record Standing(double lagSeconds, int idleSources) {}

    PipelineMeters(MeterRegistry registry, String pipeline) {
        this.registry = registry;
        this.tags = Tags.of("pipeline", pipeline);
        this.late = counter(MeterNames.LATE_EVENTS, "Events that came after their bucket had closed for their key");
        this.closed = counter(MeterNames.BUCKETS_CLOSED, "Buckets closed, counted over all keys");
        this.corrupt = counter(MeterNames.CORRUPT_STATES, "Key states with a bad checksum; the key starts again");
        this.failed = counter(MeterNames.FAILED_CLOSES, "Attempts to close the buckets of a key that failed");
        this.stale = counter(MeterNames.STALE_FORECASTS, "Forecasts that lie wholly before the newest event time");
        this.restarts = counter(MeterNames.THREAD_RESTARTS, "Stream threads replaced after an error");
        this.time = Timer.builder(MeterNames.FORECAST_TIME)
                .description("Time one event holds its stream thread: fold, forecasts, scores")
                .tags(tags)
                .serviceLevelObjectives(buckets())
                .register(registry);
        Gauge.builder(MeterNames.WATERMARK_LAG, this, PipelineMeters::watermarkLag)
                .description(
                        "Event time between the newest source partition and what buckets wait for, largest over tasks")
                .tags(tags)
                .register(registry);
        Gauge.builder(MeterNames.IDLE_SOURCES, this, PipelineMeters::idleSources)
                .description("Source partitions that are silent and no longer waited for, largest over tasks")
                .tags(tags)
                .register(registry);
    }

    private double watermarkLag() {
        return watermarks.values().stream()
                .mapToDouble(Standing::lagSeconds)
                .max()
                .orElse(0);
    }

    private double idleSources() {
        return watermarks.values().stream()
                .mapToInt(Standing::idleSources)
                .max()
                .orElse(0);
    }

    /** One event has been dealt with: {@code ok}, {@code late} or {@code dead}. */
    public void event(String result) {
        kept(events, result, MeterNames.EVENTS, "result", "Events by what became of them")
                .increment();
    }

    /** One forecast has left, because of an {@code event} or of a {@code close}. */
    public void forecast(String trigger) {
        kept(forecasts, trigger, MeterNames.FORECASTS, "trigger", "Forecasts by what made them leave")
                .increment();
    }

    /** One dead letter has left, for this reason. */
    public void deadLetter(String reason) {
        kept(deadLetters, reason, MeterNames.DEAD_LETTERS, "reason", "Dead letters by reason")
                .increment();
    }

    public void lateEvent() {
        late.increment();
    }

    public void bucketsClosed(long count) {
        closed.increment(count);
    }

    public void corruptState() {
        corrupt.increment();
    }

    /** The due buckets of a key could not be closed. */
    public void failedClose() {
        failed.increment();
    }

    /** A forecast has been sent that lies wholly before the newest event time. */
    public void staleForecast() {
        stale.increment();
    }

    /** So much event time lies between the newest source of a task and what its buckets wait for. */
    public void watermark(String task, double lagSeconds, int idleSources) {
        watermarks.put(task, new Standing(lagSeconds, idleSources));
    }

    /** The task is no longer here. */
    public void watermarkGone(String task) {
        watermarks.remove(task);
    }

    public void threadRestarted() {
        restarts.increment();
    }

    /** One event has held its stream thread so long. */
    public void processed(long nanos) {
        time.record(Duration.ofNanos(nanos));
    }

    /** A value of so many bytes has been written to a store. */
    public void stateWritten(String store, int bytes) {
        DistributionSummary summary = states.get(store);
        if (summary == null) {
            summary = states.computeIfAbsent(
                    store,
                    s -> DistributionSummary.builder(MeterNames.STATE_BYTES)
                            .description("Size of the values written to a store, in bytes")
                            .tags(tags.and("store", s))
                            .register(registry));
        }
        summary.record(bytes);
    }

    /** A forecast made {@code h} steps ahead has met its truth. */
    public void score(int h, double error, double naiveError, boolean covered) {
        ScoreMeters meters = scores.get(h);
        if (meters == null) {
            meters =
                    scores.computeIfAbsent(h, n -> new ScoreMeters(registry, tags.and("horizon", Integer.toString(n))));
        }
        meters.add(error, naiveError, covered);
    }

    private Counter kept(Map<String, Counter> counters, String word, String name, String label, String text) {
        Counter counter = counters.get(word);
        if (counter != null) {
            return counter;
        }
        Function<String, Counter> make = w ->
                Counter.builder(name).description(text).tags(tags.and(label, w)).register(registry);
        return counters.computeIfAbsent(word, make);
    }

    private Counter counter(String name, String text) {
        return Counter.builder(name).description(text).tags(tags).register(registry);
    }

    private static Duration[] buckets() {
        return new Duration[] {
            Duration.ofNanos(10_000), Duration.ofNanos(30_000), Duration.ofNanos(100_000), Duration.ofNanos(300_000),
            Duration.ofMillis(1), Duration.ofMillis(3), Duration.ofMillis(10), Duration.ofMillis(30),
            Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1)
        };
    }
}
