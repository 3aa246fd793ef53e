package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.Patience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerIT {
    @Test
    void showsOnlyWhatWasCommitted() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("events", 1);
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, "thrown away");
                producer.abortTransaction();
                producer.beginTransaction();
                send(producer, "kept");
                send(producer, "kept too");
                producer.commitTransaction();
            }
            assertThat(readCommitted(broker, 2)).containsExactly("kept", "kept too");
        }
    }

    @Test
    void leavesNeitherFilesNorThreadsBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        EmbeddedBroker broker = EmbeddedBroker.start();
        broker.createTopics(List.of(new NewTopic("one", 3, (short) 1), new NewTopic("two", 1, (short) 1)));
        assertThat(broker.folder()).isNotEmptyDirectory();
        broker.close();
        broker.close();
        Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
        left.removeAll(before);
        assertThat(left.stream().filter(thread -> !thread.isDaemon()).collect(Collectors.toSet()))
                .isEmpty();
        assertThat(Files.exists(broker.folder())).isFalse();
    }

    @Test
    void refusesATopicThatIsThereAlready() {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("events", 1);
            assertThatThrownBy(() -> broker.createTopic("events", 1)).hasMessageContaining("exists");
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer, String value) {
        producer.send(new ProducerRecord<>("events", value.getBytes(StandardCharsets.UTF_8)));
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedBroker broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", "writer"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static List<String> readCommitted(EmbeddedBroker broker, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrap(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("events"));
            Patience.until(() -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
                return values.size() >= count;
            });
        }
        return values;
    }
}
