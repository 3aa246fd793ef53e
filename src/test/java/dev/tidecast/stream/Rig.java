package dev.tidecast.stream;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology of a pipeline in Kafka's test driver: no broker, no threads, one partition of everything. */
final class Rig implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    final Pipeline pipeline;
    final Meters meters = new Meters();
    final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;

    Rig(Pipeline pipeline, Path stateDir) {
        this.pipeline = pipeline.withKafka(Map.of("state.dir", stateDir.toString()));
        StreamsConfig config = StreamSettings.of(this.pipeline, meters.pipeline(pipeline.name()));
        InstantSource clock = InstantSource.fixed(NOW);
        this.topology = new ForecastTopology(this.pipeline, meters.pipeline(pipeline.name()), clock).build(config);
        Properties properties = new Properties();
        properties.putAll(config.originals());
        this.driver = new TopologyTestDriver(topology, properties);
        this.input = driver.createInputTopic(
                pipeline.source().topic(),
                new ByteArraySerializer(),
                new ByteArraySerializer(),
                NOW,
                Duration.ofSeconds(1));
    }

    void send(String key, String value) {
        send(utf8(key), utf8(value));
    }

    void send(byte[] key, byte[] value) {
        input.pipeInput(key, value);
    }

    void send(TestRecord<byte[], byte[]> record) {
        input.pipeInput(record);
    }

    /** What has been written since the last time this was asked. */
    List<TestRecord<String, byte[]>> read(Kind kind) {
        return driver.createOutputTopic(pipeline.topic(kind), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        pipeline.topic(Kind.DLQ), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    KeyValueStore<String, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String header(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
        meters.close();
    }
}
