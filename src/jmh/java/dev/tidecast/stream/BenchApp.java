package dev.tidecast.stream;

import com.sun.management.OperatingSystemMXBean;
import dev.tidecast.metrics.Meters;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * One topology in a JVM of its own, told by lines on its standard input what to do: {@code mark}, {@code pause},
 * {@code resume}, {@code stop}. Its answers begin with {@code @}.
 */
final class BenchApp {
    private final KafkaStreams streams;
    private final AtomicLong restored = new AtomicLong();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private BenchApp(Pipeline pipeline, String shape) throws IOException {
        PipelineMeters meters = new Meters().pipeline(pipeline.name());
        StreamsConfig config = StreamSettings.of(pipeline, meters);
        try (Admin admin = Admin.create(config.getAdminConfigs(pipeline.name()))) {
            new Topics(pipeline, admin, config).prepare();
        }
        Topology topology = shape.equals("-")
                ? new ForecastTopology(pipeline, meters, InstantSource.system()).build(config)
                : BareTopology.build(pipeline, config, Shape.read(Path.of(shape)));
        streams = new KafkaStreams(topology, config);
        streams.setGlobalStateRestoreListener(new Restored());
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** Arguments: the pipeline file, and the shape of the bare topology or - for the forecaster. */
    public static void main(String[] arguments) throws IOException {
        new BenchApp(PipelineReader.read(Path.of(arguments[0])), arguments[1]).run();
        System.exit(0);
    }

    private void run() throws IOException {
        long started = System.nanoTime();
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                say("running " + (System.nanoTime() - started) + " " + restored.get());
            } else if (now == KafkaStreams.State.ERROR) {
                say("failed");
            }
        });
        streams.start();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "pause" -> streams.pause();
                case "resume" -> streams.resume();
                case "mark" -> say("mark " + System.nanoTime() + " " + system.getProcessCpuTime() + " " + processed());
                case "stop" -> {
                    stop();
                    return;
                }
                default -> throw new IllegalArgumentException(order);
            }
        }
    }

    // Without leaving the group, whoever starts next would wait for this member's session to end.
    private void stop() {
        streams.close(CloseOptions.timeout(Duration.ofSeconds(30))
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        say("stopped");
    }

    private long processed() {
        return streams.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("process-total")
                        && metric.metricName().group().equals("stream-thread-metrics"))
                .mapToLong(metric -> ((Double) metric.metricValue()).longValue())
                .sum();
    }

    /** Answers whoever started this process: its standard output is the line they talk over, and @ tells answers from logs. */
    private static void say(String answer) {
        System.out.println("@" + answer);
        System.out.flush();
    }

    private final class Restored implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {
            restored.addAndGet(count);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {}
    }
}
