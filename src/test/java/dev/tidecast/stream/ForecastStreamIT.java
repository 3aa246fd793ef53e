package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on a real broker, exactly once, against the oracle. */
class ForecastStreamIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int EVENTS = 6000;

    private static Broker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startBroker() {
        broker = new Broker();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    @SuppressWarnings("try") // what a closed stream answers is part of the law
    void everyPartitionSaysWhatTheOracleSays() throws Exception {
        Pipeline pipeline = Pipelines.onBroker(Pipelines.recordKey(), broker.bootstrap(), folder);
        broker.createTopic("readings", 3);
        Events events = new Events("readings", false, 1);
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            broker.send(events.next(EVENTS / 2));
            stream.start();
            broker.send(events.next(EVENTS / 2));
            List<List<ConsumerRecord<byte[], byte[]>>> input = broker.committed("readings", EVENTS, PATIENCE);
            assertSays(pipeline, input, Set.of());
            assertCounts(meters, pipeline, EVENTS);
            assertThat(stream.health().ready()).isTrue();
            assertThat(stream.health().live()).isTrue();
            assertThat(stream.series("m1")).isNotEmpty();
            assertThat(stream.series("nobody")).isEmpty();
            assertThat(meters.scrape()).contains("kafka_stream_");
            stream.close();
            assertThat(stream.awaitEnd()).isZero();
            assertThat(stream.health().live()).isFalse();
        }
    }

    @Test
    void aReMadeKeyGoesThroughItsOwnTopicAndTheOracleReadsThat() {
        Pipeline pipeline = Pipelines.onBroker(Pipelines.compositeKey(), broker.bootstrap(), folder)
                .withKafka(Map.of("repartition.purge.interval.ms", "86400000"));
        broker.createTopic("sales", 3);
        Events events = new Events("sales", true, 2);
        broker.send(events.next(EVENTS));
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            stream.start();
            String between = Names.repartitionTopic("shop");
            int good = EVENTS - events.poison();
            // The dead letters of ingest end the wait for a topic that Streams has yet to make.
            broker.committed(pipeline.topic(Kind.DLQ), events.poison(), PATIENCE);
            List<List<ConsumerRecord<byte[], byte[]>>> input = broker.committed(between, good, PATIENCE);
            assertThat(Sayings.count(input)).isEqualTo(good);
            assertSays(pipeline, input, Set.of());
            assertCounts(meters, pipeline, EVENTS);
        }
    }

    @Test
    void poisonEndsAsDeadLettersAndEveryOtherEventIsAnswered() {
        Pipeline pipeline = Pipelines.onBroker(
                Pipelines.read(
                        Pipelines.RECORD_KEY,
                        "pipeline: meters",
                        "pipeline: poisoned",
                        "topic: readings",
                        "topic: poison",
                        "max_future: none",
                        "max_future: P1D"),
                broker.bootstrap(),
                folder);
        broker.createTopic("poison", 2);
        Events events = new Events("poison", false, 3);
        List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.addAll(events.next(50));
            sent.addAll(poison());
        }
        broker.send(sent);
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            stream.start();
            List<List<ConsumerRecord<byte[], byte[]>>> input = broker.committed("poison", sent.size(), PATIENCE);
            Set<Source> refused = refused(pipeline, 20);
            int late = Sayings.count(Sayings.expected(pipeline, input, Kind.DLQ, refused));
            List<List<ConsumerRecord<byte[], byte[]>>> letters =
                    broker.committed(pipeline.topic(Kind.DLQ), events.poison() + 100 + late, PATIENCE);
            assertThat(Sayings.count(letters)).isEqualTo(events.poison() + 100 + late);
            assertThat(reasonsOfTheOriginals(input, letters))
                    .containsEntry("FUTURE_TIMESTAMP", 20)
                    .containsEntry("NULL_KEY", 20)
                    .containsEntry("NULL_VALUE", 20)
                    .containsEntry("BAD_TIME", 20)
                    .containsEntry("TOO_LARGE", 20)
                    .containsEntry("LATE", late)
                    .containsKeys("NOT_JSON", "MISSING_FIELD", "NOT_A_NUMBER");
            assertSays(pipeline, input, Sayings.refusedByTheClock(letters));
            assertCounts(meters, pipeline, sent.size());
        }
    }

    @Test
    void stateOfANewerVersionEndsTheProcessWithAnErrorAndStaysAsItIs() throws Exception {
        Pipeline pipeline = Pipelines.onBroker(
                Pipelines.read(
                        Pipelines.RECORD_KEY,
                        "pipeline: meters",
                        "pipeline: newer",
                        "topic: readings",
                        "topic: newer-in"),
                broker.bootstrap(),
                folder);
        String changelog = "newer-" + Names.CLOCK_STORE + "-changelog";
        broker.createTopic("newer-in", 1);
        broker.createTopic(changelog, 1);
        ByteBuffer clock = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        clock.put((byte) 'T').put((byte) 'C').put((byte) 99).putInt(0);
        CRC32C crc = new CRC32C();
        crc.update(clock.array(), 0, 7);
        clock.putInt((int) crc.getValue());
        broker.send(List.of(new ProducerRecord<>(changelog, Rig.utf8("clock"), clock.array())));
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            stream.start();
            assertThat(stream.awaitEnd()).isEqualTo(1);
            assertThat(stream.health().live()).isFalse();
            assertThat(stream.health().failure()).get().asString().contains("start a newer Tidecast");
        }
        assertThat(Sayings.count(broker.committed(changelog, 1, PATIENCE))).isEqualTo(1);
    }

    @Test
    void aPipelineThatCannotStartSaysWhyAndEnds() throws Exception {
        Pipeline pipeline = Pipelines.onBroker(
                Pipelines.read(Pipelines.RECORD_KEY, "pipeline: meters", "pipeline: lost", "readings", "nowhere"),
                broker.bootstrap(),
                folder);
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(stream::start)
                    .withMessageContaining("topic nowhere does not exist");
            assertThat(stream.awaitEnd()).isZero();
            assertThat(stream.health().ready()).isFalse();
        }
    }

    @Test
    void whateverEndsAStartEverythingIsClosed() throws Exception {
        Pipeline pipeline = Pipelines.onBroker(
                Pipelines.read(
                        Pipelines.RECORD_KEY,
                        "pipeline: meters",
                        "pipeline: broken",
                        "topic: readings",
                        "topic: broken-in"),
                broker.bootstrap(),
                folder);
        broker.createTopic("broken-in", 1);
        Meters meters = new Meters();
        try (ForecastStream stream = new ForecastStream(pipeline, meters)) {
            meters.close();
            // Nobody foresaw that the meters could be closed by now.
            assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(stream::start);
            assertThat(stream.health().state()).isEqualTo("NOT_RUNNING");
            assertThat(stream.awaitEnd()).isZero();
        }
    }

    @Test
    void stateOfOtherSettingsEndsWithItsCureAndTheDocumentedResetWorks() throws Exception {
        String[] names = {"pipeline: meters", "pipeline: reshaped", "topic: readings", "topic: shapes"};
        Pipeline before = Pipelines.onBroker(Pipelines.read(Pipelines.RECORD_KEY, names), broker.bootstrap(), folder);
        broker.createTopic("shapes", 1);
        broker.send(new Events("shapes", false, 9).next(500));
        int answered = runOnce(before, 1);
        Pipeline after = Pipelines.onBroker(
                Pipelines.read(Pipelines.RECORD_KEY.replace("horizon:   6", "horizon:   5"), names),
                broker.bootstrap(),
                folder);
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(after, meters)) {
            stream.start();
            assertThat(stream.awaitEnd()).isEqualTo(1);
            assertThat(stream.failure()).isEqualTo(stream.health().failure());
            assertThat(stream.failure())
                    .get()
                    .asString()
                    .contains("horizon", "restore them", "new name", "or reset it");
        }
        reset("reshaped");
        assertThat(runOnce(after, answered + 1)).isGreaterThan(answered);
    }

    /** Runs until there are so many forecasts, and tells how many there are when it has stopped. */
    private static int runOnce(Pipeline pipeline, int forecasts) {
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(pipeline, meters)) {
            stream.start();
            broker.awaitTopic(pipeline.topic(Kind.FORECASTS));
            broker.committed(pipeline.topic(Kind.FORECASTS), forecasts, PATIENCE);
        }
        return Sayings.count(broker.committed(pipeline.topic(Kind.FORECASTS), 0, PATIENCE));
    }

    /** What docs/operations.md says a reset is: the group, the topics that begin with the name and a dash, the folder. */
    private void reset(String pipeline) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.deleteConsumerGroups(List.of(pipeline)).all().get();
            List<String> own = admin.listTopics().names().get().stream()
                    .filter(name -> name.startsWith(pipeline + "-"))
                    .toList();
            assertThat(own).hasSize(3);
            admin.deleteTopics(own).all().get();
        }
        try (Stream<Path> files = Files.walk(folder.resolve(pipeline))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the wall clock refused, once there is so much of it: how many late letters lie between, only the oracle can say. */
    private static Set<Source> refused(Pipeline pipeline, int expected) {
        Set<Source> refused;
        int read = 0;
        int asked;
        do {
            asked = read + 1;
            List<List<ConsumerRecord<byte[], byte[]>>> letters =
                    broker.committed(pipeline.topic(Kind.DLQ), asked, PATIENCE);
            refused = Sayings.refusedByTheClock(letters);
            read = Sayings.count(letters);
        } while (refused.size() < expected && read >= asked);
        return refused;
    }

    /** Finds the record of every dead letter, which must be the same in key, value and headers; reasons are counted. */
    private static Map<String, Integer> reasonsOfTheOriginals(
            List<List<ConsumerRecord<byte[], byte[]>>> input, List<List<ConsumerRecord<byte[], byte[]>>> letters) {
        Map<String, Integer> reasons = new TreeMap<>();
        Set<String> places = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter :
                letters.stream().flatMap(List::stream).toList()) {
            int partition = Integer.parseInt(Rig.header(letter.headers(), DeadLetter.PARTITION));
            int offset = Integer.parseInt(Rig.header(letter.headers(), DeadLetter.OFFSET));
            ConsumerRecord<byte[], byte[]> original = input.get(partition).get(offset);
            assertThat(places.add(partition + "@" + offset))
                    .as("one letter for each")
                    .isTrue();
            assertThat(letter.key()).isEqualTo(original.key());
            assertThat(letter.value()).isEqualTo(original.value());
            original.headers()
                    .forEach(h -> assertThat(letter.headers().headers(h.key())).contains(h));
            reasons.merge(Rig.header(letter.headers(), DeadLetter.REASON), 1, Integer::sum);
        }
        return reasons;
    }

    private static List<ProducerRecord<byte[], byte[]>> poison() {
        return List.of(
                poison("m1", "{\"kwh\":1,\"at\":\"2999-01-01T00:00:00Z\"}"),
                poison(null, "{\"kwh\":1,\"at\":\"2026-01-01\"}"),
                poison("m2", null),
                poison("m3", "{\"kwh\":1,\"at\":\"soon\"}"),
                poison("m4", "x".repeat(70_000)));
    }

    private static ProducerRecord<byte[], byte[]> poison(@Nullable String key, @Nullable String value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                "poison", key == null ? null : Rig.utf8(key), value == null ? null : Rig.utf8(value));
        record.headers().add("trace", new byte[] {1, 2});
        return record;
    }

    private static void assertSays(
            Pipeline pipeline, List<List<ConsumerRecord<byte[], byte[]>>> input, Set<Source> refused) {
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
            List<List<String>> expected = Sayings.expected(pipeline, input, kind, refused);
            assertThat(Sayings.count(expected)).isGreaterThan(100);
            List<List<String>> seen =
                    Sayings.seen(broker.committed(pipeline.topic(kind), Sayings.count(expected), PATIENCE));
            Sayings.assertSame(kind, seen, expected);
        }
    }

    private static void assertCounts(Meters meters, Pipeline pipeline, int events) {
        double counted = Arrays.stream(meters.scrape().split("\n"))
                .filter(line -> line.startsWith("tidecast_events_total{pipeline=\"" + pipeline.name()))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(counted).isEqualTo(events);
    }
}
