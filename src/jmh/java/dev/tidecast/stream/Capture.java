package dev.tidecast.stream;

import dev.tidecast.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads the end of a forecaster's topics for the {@link Shape} of what it writes. */
final class Capture {
    private static final long BACK = 45_000;
    private static final int STRIDE = 11;

    private final String bootstrap;
    private final Map<Shape.Kind, List<byte[]>> records = new EnumMap<>(Shape.Kind.class);
    private final Map<Shape.Kind, Integer> seen = new EnumMap<>(Shape.Kind.class);

    private Capture(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    static Shape of(String bootstrap, Pipeline pipeline) {
        Capture capture = new Capture(bootstrap);
        String stores = pipeline.name() + "-%s-changelog";
        capture.read(stores.formatted(Names.OPEN_STORE), record -> capture.keep(Shape.Kind.OPEN, record.value()));
        capture.read(stores.formatted(Names.SERIES_STORE), record -> capture.keep(Shape.Kind.SERIES, record.value()));
        capture.read(pipeline.topic(dev.tidecast.pipeline.Kind.FORECASTS), capture::keepForecast);
        capture.read(
                pipeline.topic(dev.tidecast.pipeline.Kind.ACCURACY),
                record -> capture.keep(Shape.Kind.ACCURACY, record.value()));
        Map<Shape.Kind, List<byte[]>> thinned = new EnumMap<>(Shape.Kind.class);
        for (Shape.Kind kind : Shape.Kind.values()) {
            List<byte[]> all = capture.records.get(kind);
            if (all == null) {
                throw new IllegalStateException("the forecaster has written no " + kind + " yet: warm up longer");
            }
            thinned.put(kind, Shape.thin(all));
        }
        return new Shape(thinned);
    }

    private void keepForecast(ConsumerRecord<byte[], byte[]> record) {
        String json = new String(record.value(), StandardCharsets.UTF_8);
        keep(json.contains("\"trigger\":\"close\"") ? Shape.Kind.CLOSE : Shape.Kind.PARTIAL, record.value());
    }

    private void keep(Shape.Kind kind, byte @Nullable [] record) {
        if (record != null && seen.merge(kind, 1, Integer::sum) % STRIDE == 0) {
            records.computeIfAbsent(kind, any -> new ArrayList<>()).add(record);
        }
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "fetch.max.bytes", 8 << 20);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            partitions.forEach(one -> consumer.seek(one, Math.max(of(begins, one), of(ends, one) - BACK)));
            while (partitions.stream().anyMatch(one -> consumer.position(one) < of(ends, one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(reader);
            }
        }
    }

    private static long of(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }
}
