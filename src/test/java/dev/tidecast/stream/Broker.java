package dev.tidecast.stream;

import dev.tidecast.Patience;
import dev.tidecast.embedded.EmbeddedBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real broker and what a test does with it as a user would: write, and read what is committed. */
final class Broker implements AutoCloseable {
    private final String bootstrap;
    private final Runnable stop;

    private Broker(String bootstrap, Runnable stop) {
        this.bootstrap = bootstrap;
        this.stop = stop;
    }

    private Broker(EmbeddedBroker broker) {
        this(broker.bootstrap(), broker::close);
    }

    /** One in this process. */
    Broker() {
        this(Map.of());
    }

    /** @param settings over those of a broker for tests */
    Broker(Map<String, String> settings) {
        this(EmbeddedBroker.start(settings));
    }

    /** Brokers that somebody else started and stops. */
    static Broker of(String bootstrap) {
        return new Broker(bootstrap, () -> {});
    }

    String bootstrap() {
        return bootstrap;
    }

    void createTopic(String name, int partitions) {
        EmbeddedBroker.createTopics(bootstrap, List.of(new NewTopic(name, partitions, (short) 1)));
        awaitTopic(name);
    }

    /** The controller answers before the broker knows: returns when it does. */
    void awaitTopic(String name) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            partitions(consumer, name, Duration.ofSeconds(10));
        }
    }

    /** One batch in flight: of several sent to a partition that is still being made, the first may be refused alone. */
    KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap(),
                "linger.ms",
                2,
                "enable.idempotence",
                true,
                "max.in.flight.requests.per.connection",
                1);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends and waits until every record is there. */
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            List<Future<RecordMetadata>> sent =
                    records.stream().map(producer::send).toList();
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("not all records could be sent", e);
        }
    }

    /**
     * Everything a read-committed consumer sees of a topic: reads on until there are so many records, or for so long, and
     * then to the end. One list per partition.
     */
    List<List<ConsumerRecord<byte[], byte[]>>> committed(String topic, int expected, Duration within) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic, within);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<List<ConsumerRecord<byte[], byte[]>>> read = new ArrayList<>();
            partitions.forEach(p -> read.add(new ArrayList<>()));
            Patience.comes(within, () -> {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> read.get(record.partition()).add(record));
                return Sayings.count(read) >= expected && isAtEnd(consumer, partitions);
            });
            return read;
        }
    }

    /** Waits until a read-committed consumer could get past so many offsets of a topic; says how far it could get. */
    long awaitStable(String topic, long offsets, Duration within) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic, within);
            AtomicLong reached = new AtomicLong();
            Patience.comes(within, () -> {
                reached.set(consumer.endOffsets(partitions).values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
                return reached.get() >= offsets;
            });
            return reached.get();
        }
    }

    /** Waits until a group is stable with so many members, each with something to do. */
    void awaitMembers(String group, int members, Duration within) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            Patience.until(
                    group + " has " + members + " members at work", within, () -> isAtWork(admin, group, members));
        }
    }

    private static boolean isAtWork(Admin admin, String group, int members) throws InterruptedException {
        try {
            ConsumerGroupDescription found = Objects.requireNonNull(
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group));
            return found.groupState() == GroupState.STABLE
                    && found.members().size() == members
                    && found.members().stream()
                            .noneMatch(m -> m.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException e) {
            // Nobody has joined yet, or the coordinator is not there yet.
            return false;
        }
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrap(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "none",
                "allow.auto.create.topics",
                false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, String topic, Duration within) {
        List<TopicPartition> partitions = new ArrayList<>();
        Patience.comes(within, () -> {
            consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            return !partitions.isEmpty();
        });
        partitions.sort(Comparator.comparingInt(TopicPartition::partition));
        return partitions;
    }

    private static boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        stop.run();
    }
}
