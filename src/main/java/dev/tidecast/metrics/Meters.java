package dev.tidecast.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.streams.KafkaStreams;

/**
 * All meters of the process, and the page Prometheus reads. One per process: the stream side asks it for the meters of
 * its pipeline and feeds them on the stream threads, the HTTP side calls {@link #scrape} on its own.
 */
public final class Meters implements AutoCloseable {
    /** What {@link #scrape} answers with. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    // The binder looks for new Kafka meters only so often; its own 60 s would leave the first minute empty.
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, PipelineMeters> pipelines = new ConcurrentHashMap<>();
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(Meters::daemon);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    public Meters() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        pauses.bindTo(registry);
    }

    /** Kafka's meters of some streams, as long as they are shown. */
    public interface Binding extends AutoCloseable {
        @Override
        void close();
    }

    /** The meters of one pipeline: the same ones for every asker. */
    public PipelineMeters pipeline(String name) {
        return pipelines.computeIfAbsent(name, n -> new PipelineMeters(registry, n));
    }

    /** Shows Kafka's own meters of these streams as {@code kafka_*} until the answer is closed. */
    public Binding bind(KafkaStreams streams, String pipeline) {
        KafkaStreamsMetrics binder =
                new KafkaStreamsMetrics(streams, Tags.of("pipeline", pipeline), refresher, REFRESH);
        binder.bindTo(registry);
        return binder::close;
    }

    /** Every meter in Prometheus' text format. */
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        pauses.close();
        registry.close();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "meters");
        thread.setDaemon(true);
        return thread;
    }
}
