package dev.tidecast.stream;

import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The Kafka Streams settings of a pipeline: defaults, over them every property of the {@code kafka:} block as it is
 * written, over these what the promises rest on and no file may change.
 */
public final class StreamSettings {
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;
    private static final int DEFAULT_LARGEST_RECORD = 1_048_576;
    private static final int SMALLEST_LIMIT = 4 * DeadLetters.OVERHEAD;

    private StreamSettings() {}

    /** The settings; a {@link StartException} if the block lacks what must be decided by a person. */
    public static StreamsConfig of(Pipeline pipeline, PipelineMeters meters) {
        Map<String, Object> settings = new HashMap<>(defaults());
        settings.putAll(pipeline.kafka());
        require(settings, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "the brokers to connect to, host:port");
        require(settings, StreamsConfig.STATE_DIR_CONFIG, "a folder of its own that survives a restart");
        settings.putAll(fixed(pipeline));
        int largest = largestRecord(config(settings));
        if (largest < SMALLEST_LIMIT) {
            throw new StartException("kafka.producer.max.request.size is " + largest + ": it must be at least "
                    + SMALLEST_LIMIT + ", or dead letters would not fit");
        }
        settings.put(Failures.CONFIG, new Failures(pipeline, meters, largest));
        return config(settings);
    }

    private static StreamsConfig config(Map<String, Object> settings) {
        try {
            return new StreamsConfig(settings);
        } catch (ConfigException e) {
            throw refused(e);
        }
    }

    /** What Kafka says of a setting it cannot use, in our words. */
    static StartException refused(KafkaException failure) {
        return new StartException(
                "the kafka: block cannot be used: " + Failures.root(failure).getMessage() + ": correct it", failure);
    }

    /** Whether the file gives this instance a name in the group, so that it keeps its partitions while it restarts. */
    static boolean isStaticMember(StreamsConfig config) {
        return config.getMainConsumerConfigs("any", "any", 1).get(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG) != null;
    }

    static boolean isExactlyOnce(StreamsConfig config) {
        return !config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG).equals(StreamsConfig.AT_LEAST_ONCE);
    }

    /** The largest record the producers of these settings send, in bytes. */
    static int largestRecord(StreamsConfig config) {
        Object set = config.getProducerConfigs("any").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        return set == null ? DEFAULT_LARGEST_RECORD : Integer.parseInt(set.toString());
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        defaults.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // Without a client's prefix: a property of the file wins with and without one.
        defaults.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        defaults.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        defaults.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        defaults.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // Who is dead for the transactions is dead for the group: neither waits for the other.
        defaults.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, TRANSACTION_TIMEOUT_MS);
        defaults.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        defaults.put("global.consumer.isolation.level", "read_committed");
        return defaults;
    }

    private static Map<String, Object> fixed(Pipeline pipeline) {
        Map<String, Object> fixed = new HashMap<>();
        fixed.put(StreamsConfig.APPLICATION_ID_CONFIG, pipeline.name());
        fixed.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        fixed.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UnreadableRecords.class);
        fixed.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedEvents.class);
        fixed.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsentRecords.class);
        return fixed;
    }

    private static void require(Map<String, Object> settings, String name, String what) {
        if (!settings.containsKey(name)) {
            throw new StartException("kafka." + name + " is missing: it must be " + what);
        }
    }
}
