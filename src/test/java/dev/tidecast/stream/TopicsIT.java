package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicsIT {
    private static Broker broker;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        broker.close();
    }

    @Test
    void outputsAreMadeAsCoPartitionsWithTheirSettingsWrittenOut() throws Exception {
        Pipeline pipeline = pipeline("fresh");
        broker.createTopic("fresh-in", 4);
        topics(pipeline).prepare();
        topics(pipeline).prepare();
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY, Kind.DLQ)) {
            String topic = pipeline.topic(kind);
            broker.awaitTopic(topic);
            assertThat(admin.describeTopics(List.of(topic)).allTopicNames().get())
                    .hasEntrySatisfying(
                            topic, found -> assertThat(found.partitions()).hasSize(4));
        }
        assertThat(setting(pipeline.topic(Kind.FORECASTS), "cleanup.policy")).isEqualTo("compact");
        assertThat(setting(pipeline.topic(Kind.FORECASTS), "min.compaction.lag.ms"))
                .isEqualTo("86400000");
        assertThat(setting(pipeline.topic(Kind.ACCURACY), "cleanup.policy")).isEqualTo("delete");
        assertThat(setting(pipeline.topic(Kind.DLQ), "retention.ms")).isEqualTo("2592000000");
    }

    @Test
    void aMissingSourceIsNamedWithItsCure() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> topics(pipeline("lost")).prepare())
                .withMessageContaining("topic lost-in does not exist")
                .withMessageContaining("sources.load.topic");
    }

    @Test
    void aCompactedDeadLetterTopicIsRefused() throws Exception {
        broker.createTopic("strict-in", 1);
        NewTopic compacted = new NewTopic("strict.dlq", 1, (short) 1).configs(Map.of("cleanup.policy", "compact"));
        admin.createTopics(List.of(compacted)).all().get();
        broker.awaitTopic("strict.dlq");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> topics(pipeline("strict")).prepare())
                .withMessageContaining("strict.dlq")
                .withMessageContaining("set it to delete");
    }

    @Test
    void aTopicThatTakesOnlySmallRecordsIsRefused() throws Exception {
        broker.createTopic("narrow-in", 1);
        NewTopic narrow = new NewTopic("narrow.accuracy", 1, (short) 1).configs(Map.of("max.message.bytes", "40000"));
        admin.createTopics(List.of(narrow)).all().get();
        broker.awaitTopic("narrow.accuracy");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> topics(pipeline("narrow")).prepare())
                .withMessageContaining("narrow.accuracy takes records of at most 40000 bytes")
                .withMessageContaining("kafka.producer.max.request.size to 40000");
        topics(pipeline("narrow").withKafka(Map.of("producer.max.request.size", "40000")))
                .prepare();
    }

    @Test
    void aSourceThatHasGrownIsRefusedBecauseKeysHaveMoved() {
        broker.createTopic("grown-in", 3);
        broker.createTopic("grown-series-changelog", 2);
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> topics(pipeline("grown")).prepare())
                .withMessageContaining("has 3 partitions")
                .withMessageContaining("for 2 so far");
    }

    private static Topics topics(Pipeline pipeline) {
        try (Meters meters = new Meters()) {
            return new Topics(pipeline, admin, StreamSettings.of(pipeline, meters.pipeline(pipeline.name())));
        }
    }

    private static Pipeline pipeline(String name) {
        return Pipelines.onBroker(
                Pipelines.read(
                        Pipelines.RECORD_KEY,
                        "pipeline: meters",
                        "pipeline: " + name,
                        "topic: readings",
                        "topic: " + name + "-in"),
                broker.bootstrap(),
                Path.of("none"));
    }

    private static String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config == null ? "" : config.get(name).value();
    }
}
