package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Patience;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class ReplayIT {
    private static final String TOPIC = "market.trades";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    @Test
    void whatIsCountedAsAcknowledgedIsInTheTopic() {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            broker.createTopic(TOPIC, 1);
            Replay replay = replay(broker);
            replay.start();
            readTo(consumer, 2000);
            replay.close();
            assertThat(replay.failure()).isNull();
            assertThat(total(replay.acknowledged())).isGreaterThanOrEqualTo(2000);
            assertThat(consumer.endOffsets(List.of(PARTITION)).get(PARTITION)).isEqualTo(total(replay.acknowledged()));
        }
    }

    @Test
    void closedWhenTheBrokerIsGoneItGivesUpWhatIsNotAcknowledged() {
        Replay replay;
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            broker.createTopic(TOPIC, 1);
            replay = replay(broker);
            replay.start();
            readTo(consumer, 100);
        }
        Patience.until(() -> total(replay.sent()) > total(replay.acknowledged()));
        replay.close();
        assertThat(replay.failure()).isNotNull();
        assertThat(total(replay.sent())).isGreaterThan(total(replay.acknowledged()));
    }

    private static Replay replay(EmbeddedBroker broker) {
        return new Replay(
                SampleStreams.stock(7, SampleStreams.STOCK_START),
                TOPIC,
                SampleStreams.STOCK_PACE,
                InstantSource.system(),
                Replay.producer(broker.bootstrap()));
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void readTo(KafkaConsumer<byte[], byte[]> consumer, int count) {
        consumer.assign(List.of(PARTITION));
        AtomicInteger read = new AtomicInteger();
        Patience.until(
                () -> read.addAndGet(consumer.poll(Duration.ofMillis(100)).count()) >= count);
    }

    private static long total(Map<Sample.Kind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
