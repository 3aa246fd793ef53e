package dev.tidecast.serve;

import dev.tidecast.pipeline.Pipeline;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Opens consumers for what a pipeline writes: committed records only, without a group, with the pipeline's own brokers
 * and login. {@link Tail} asks for one on the thread that uses it.
 */
final class Consumers {
    private static final String CONNECTION = "bootstrap\\.servers|(security|sasl|ssl)\\..*|client\\.dns\\.lookup";

    private Consumers() {}

    /** Consumers that read on and on; a partition whose position is lost is read from its beginning. */
    static Supplier<Consumer<byte[], byte[]>> following(Pipeline pipeline) {
        return () -> open(pipeline, "tail", Map.of("auto.offset.reset", "earliest", "fetch.max.wait.ms", 100));
    }

    /** Consumers that read one record here and there: a fetch brings the batch of the record and little more. */
    static Supplier<Consumer<byte[], byte[]>> single(Pipeline pipeline) {
        return () -> open(
                pipeline,
                "lookup",
                Map.of("auto.offset.reset", "none", "max.poll.records", 1, "max.partition.fetch.bytes", 16_384));
    }

    private static Consumer<byte[], byte[]> open(Pipeline pipeline, String role, Map<String, Object> own) {
        Map<String, Object> settings = new HashMap<>(own);
        pipeline.kafka().forEach((name, value) -> {
            if (name.matches(CONNECTION)) {
                settings.put(name, value);
            }
        });
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("client.id", pipeline.name() + "-" + role);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
