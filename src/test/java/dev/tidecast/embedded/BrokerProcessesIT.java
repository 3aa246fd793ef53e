package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.Patience;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class BrokerProcessesIT {
    private static final String TOPIC = "numbers";

    @Test
    void nothingAcknowledgedIsLostWithTheLeaderOfThree() throws Exception {
        try (BrokerProcesses brokers = BrokerProcesses.start(3)) {
            brokers.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 3)));
            try (KafkaProducer<byte[], byte[]> producer = producer(brokers)) {
                write(producer, 0, 100);
                int leader = brokers.leader(TOPIC, 0);
                brokers.kill(leader);
                write(producer, 100, 200);
                assertThat(brokers.leader(TOPIC, 0)).isNotEqualTo(leader);
                brokers.restart(leader);
                brokers.awaitInSync(TOPIC);
            }
            assertThat(read(brokers, 200))
                    .isEqualTo(IntStream.range(0, 200).boxed().toList());
        }
    }

    @Test
    void aPausedBrokerAnswersAgainOnceResumed() throws Exception {
        try (BrokerProcesses brokers = BrokerProcesses.start(1);
                KafkaProducer<byte[], byte[]> producer = producer(brokers)) {
            brokers.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)));
            write(producer, 0, 1);
            brokers.pause(1);
            Future<RecordMetadata> pending = send(producer, 1);
            assertThatThrownBy(() -> pending.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            brokers.resume(1);
            assertThat(pending.get(30, TimeUnit.SECONDS).offset()).isEqualTo(1);
        }
    }

    private static void write(KafkaProducer<byte[], byte[]> producer, int from, int to) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            sent.add(send(producer, i));
        }
        for (Future<RecordMetadata> acknowledged : sent) {
            acknowledged.get(60, TimeUnit.SECONDS);
        }
    }

    private static Future<RecordMetadata> send(KafkaProducer<byte[], byte[]> producer, int number) {
        return producer.send(new ProducerRecord<>(
                TOPIC, ByteBuffer.allocate(4).putInt(number).array()));
    }

    private static KafkaProducer<byte[], byte[]> producer(BrokerProcesses brokers) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers.bootstrap()), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static List<Integer> read(BrokerProcesses brokers, int count) {
        List<Integer> numbers = new ArrayList<>();
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Patience.until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                numbers.add(ByteBuffer.wrap(record.value()).getInt()));
                return numbers.size() >= count;
            });
        }
        return numbers;
    }
}
