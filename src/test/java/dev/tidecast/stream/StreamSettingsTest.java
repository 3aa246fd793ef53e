package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {
    private final Meters meters = new Meters();
    private final Pipeline pipeline = Pipelines.recordKey();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void withoutAWordItIsExactlyOnceAndReadsOnlyWhatIsCommitted() {
        StreamsConfig config = settings(Map.of());
        assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("meters");
        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG)).isEqualTo("exactly_once_v2");
        assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
        assertThat(config.getMainConsumerConfigs("g", "c", 1)).containsEntry("isolation.level", "read_committed");
        assertThat(config.getRestoreConsumerConfigs("c")).containsEntry("isolation.level", "read_committed");
        assertThat(config.getGlobalConsumerConfigs("c")).containsEntry("isolation.level", "read_committed");
        assertThat(config.getProducerConfigs("c"))
                .containsEntry("transaction.timeout.ms", 10_000)
                .containsEntry("compression.type", "lz4")
                .containsEntry("linger.ms", 5);
    }

    @Test
    void everyClientPropertyPassesThroughUntouched() {
        Map<String, String> block = Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "module required password=\"${x}\";",
                "main.consumer.max.poll.records", "77",
                "producer.linger.ms", "0",
                "admin.retries", "9",
                "num.standby.replicas", "1",
                "commit.interval.ms", "2000",
                "processing.guarantee", "at_least_once",
                "some.interceptor.setting", "kept");
        StreamsConfig config = settings(block);
        Map<String, Object> found = new HashMap<>(config.originals());
        assertThat(found).containsAllEntriesOf(block);
        assertThat(config.getMainConsumerConfigs("g", "c", 1))
                .containsEntry("max.poll.records", "77")
                .containsEntry("security.protocol", "SASL_SSL");
        assertThat(config.getProducerConfigs("c")).containsEntry("linger.ms", "0");
    }

    @Test
    void aDeadInstanceIsNoticedWhenItsTransactionsAre() {
        StreamsConfig config = settings(Map.of());
        assertThat(config.getMainConsumerConfigs("g", "c", 1))
                .containsEntry("session.timeout.ms", 10_000)
                .containsEntry("heartbeat.interval.ms", 1_000);
        assertThat(config.getProducerConfigs("c")).containsEntry("transaction.timeout.ms", 10_000);
    }

    @Test
    void aPropertyOfTheFileWinsWithAndWithoutItsClientsPrefix() {
        for (String prefix : new String[] {"", "consumer.", "main.consumer."}) {
            StreamsConfig config = settings(Map.of(
                    prefix + "session.timeout.ms", "30000",
                    prefix + "heartbeat.interval.ms", "3000",
                    prefix + "auto.offset.reset", "latest"));
            assertThat(config.getMainConsumerConfigs("g", "c", 1))
                    .containsEntry("session.timeout.ms", "30000")
                    .containsEntry("heartbeat.interval.ms", "3000")
                    .containsEntry("auto.offset.reset", "latest");
        }
        for (String prefix : new String[] {"", "producer."}) {
            StreamsConfig config = settings(Map.of(
                    prefix + "linger.ms", "50",
                    prefix + "compression.type", "zstd",
                    prefix + "transaction.timeout.ms", "60000"));
            assertThat(config.getProducerConfigs("c"))
                    .containsEntry("linger.ms", "50")
                    .containsEntry("compression.type", "zstd")
                    .containsEntry("transaction.timeout.ms", "60000");
        }
    }

    @Test
    void anInstanceWithANameInTheGroupIsKnown() {
        assertThat(StreamSettings.isStaticMember(settings(Map.of()))).isFalse();
        for (String prefix : new String[] {"", "consumer.", "main.consumer."}) {
            assertThat(StreamSettings.isStaticMember(settings(Map.of(prefix + "group.instance.id", "one"))))
                    .isTrue();
        }
    }

    @Test
    void whatThePromisesRestOnCannotBeSwitchedOff() {
        StreamsConfig config = settings(Map.of(
                "application.id", "other",
                "processing.exception.handler",
                        "org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler",
                "ensure.explicit.internal.resource.naming", "false"));
        assertThat(config.getString("application.id")).isEqualTo("meters");
        assertThat(config.getClass("processing.exception.handler")).isEqualTo(FailedEvents.class);
        assertThat(config.getBoolean("ensure.explicit.internal.resource.naming"))
                .isTrue();
    }

    @Test
    void aLimitThatDeadLettersWouldNotFitUnderIsRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> settings(Map.of("producer.max.request.size", "32767")))
                .withMessageContaining("at least 32768");
        assertThat(StreamSettings.largestRecord(settings(Map.of("producer.max.request.size", "32768"))))
                .isEqualTo(32_768);
        assertThat(StreamSettings.largestRecord(settings(Map.of()))).isEqualTo(1_048_576);
    }

    @Test
    void whatAPersonMustDecideIsAskedFor() {
        for (String name : new String[] {"bootstrap.servers", "state.dir"}) {
            Pipeline lacking = Pipelines.read(Pipelines.RECORD_KEY, name + ":", "x." + name + ":");
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> StreamSettings.of(lacking, meters.pipeline("meters")))
                    .withMessageContaining("kafka." + name + " is missing");
        }
    }

    private StreamsConfig settings(Map<String, String> block) {
        return StreamSettings.of(pipeline.withKafka(block), meters.pipeline("meters"));
    }
}
