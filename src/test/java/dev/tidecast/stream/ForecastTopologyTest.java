package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForecastTopologyTest {
    private static final Instant START = Instant.parse("2026-03-27T00:00:00Z");

    @TempDir
    private Path folder;

    static Stream<Pipeline> pipelines() {
        String yaml = Pipelines.RECORD_KEY;
        return Stream.of(
                Pipelines.recordKey(),
                Pipelines.read(yaml, "time: /at", "time: /at, censored: /out"),
                Pipelines.read(
                        yaml,
                        "time: /at",
                        "time: /at, censored: /out",
                        "max_future: none",
                        "max_future: none\nlate: {grace: PT3H}"),
                Pipelines.read(yaml, "{size: PT1H, aggregate: sum}", "none"),
                Pipelines.read(yaml, "max_future: none", "max_future: none\nemit: {on: bucket}\nmissing: mask"),
                Pipelines.read(yaml, "max_future: none", "max_future: none\nlate: {grace: PT2H, after: drop}"),
                Pipelines.read(
                        yaml, "{size: PT1H, aggregate: sum}", "{size: P1D, zone: Europe/Prague, aggregate: mean}"),
                Pipelines.read(yaml, "PT1H, aggregate: sum", "PT5M, aggregate: last", "nonneg", "price"));
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void whatIsSentIsWhatTheOracleSays(Pipeline pipeline) {
        Oracle oracle = new Oracle(pipeline, source -> false);
        Map<Kind, List<String>> expected = new EnumMap<>(Kind.class);
        try (Rig rig = new Rig(pipeline, folder)) {
            SplittableRandom random = new SplittableRandom(11);
            for (int i = 0; i < 2000; i++) {
                TestRecord<byte[], byte[]> record = new TestRecord<>(
                        Rig.utf8("m" + random.nextInt(20)), Rig.utf8(event(random, i)), Rig.NOW.plusMillis(i));
                rig.send(record);
                oracle.fold(asConsumed(pipeline.source().topic(), i, record))
                        .forEach(said -> expected.computeIfAbsent(said.kind(), k -> new ArrayList<>())
                                .add(said.key() + " " + new String(said.value())));
            }
            for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
                List<String> sent =
                        rig.read(kind).stream().map(ForecastTopologyTest::text).toList();
                assertThat(sent).hasSizeGreaterThan(50);
                Sayings.assertSame(kind, List.of(sent), List.of(expected.getOrDefault(kind, List.of())));
            }
        }
    }

    @Test
    void aKeyThatIsReMadeChangesTheKeysAndNothingElse() {
        String yaml = Pipelines.COMPOSITE_KEY.replace("time: /at", "time: /at, censored: /out");
        Pipeline plain = Pipelines.read(yaml, "[/store, /sku]", "record");
        List<String> direct = new ArrayList<>();
        List<String> reMade = new ArrayList<>();
        try (Rig one = new Rig(plain, folder.resolve("a"));
                Rig two = new Rig(Pipelines.read(yaml), folder.resolve("b"))) {
            SplittableRandom random = new SplittableRandom(5);
            for (int i = 0; i < 1500; i++) {
                int store = random.nextInt(3);
                int sku = random.nextInt(4);
                String value = "{\"store\":" + store + ",\"sku\":\"" + sku + "\",\"qty\":" + random.nextInt(9)
                        + ",\"at\":\"" + START.plusSeconds(i * 1700L - random.nextInt(100_000)) + "\"" + out(i) + "}";
                one.send("store=" + store + "/sku=" + sku, value);
                two.send("whatever", value);
            }
            for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
                one.read(kind).forEach(r -> direct.add(text(r)));
                two.read(kind).forEach(r -> reMade.add(text(r)));
            }
            assertThat(one.deadLetters()).hasSameSizeAs(two.deadLetters()).isNotEmpty();
        }
        assertThat(reMade).isEqualTo(direct).hasSizeGreaterThan(1000);
    }

    @Test
    void aKeyThatCannotBeClosedIsOneDeadLetterWithItsNameAndCostsNoOtherKeyAnything() {
        Pipeline days = Pipelines.read(
                Pipelines.RECORD_KEY,
                "{size: PT1H, aggregate: sum}",
                "{size: P1D, zone: Europe/Prague, aggregate: sum}");
        try (Rig rig = new Rig(days, folder)) {
            for (int day = 0; day < 30; day++) {
                for (String key : List.of("broken", "m1", "m2")) {
                    rig.send(key, "{\"kwh\":1,\"at\":\"" + START.plusSeconds(86_400L * day) + "\"}");
                }
            }
            rig.read(Kind.FORECASTS);
            for (String store : List.of(Names.OPEN_STORE, Names.SERIES_STORE)) {
                rig.store(store)
                        .put("broken", withFirstOpenNowhere(rig.store(store).get("broken")));
            }
            for (int day = 30; day < 40; day++) {
                for (String key : List.of("m1", "m2")) {
                    rig.send(key, "{\"kwh\":1,\"at\":\"" + START.plusSeconds(86_400L * day) + "\"}");
                }
            }
            assertThat(rig.read(Kind.FORECASTS)).hasSize(40).noneMatch(r -> "broken".equals(r.key()));
            assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(new String(letter.key())).isEqualTo("broken");
                assertThat(letter.value()).isNull();
                assertThat(Rig.header(letter.headers(), DeadLetter.REASON)).isEqualTo("CLOSE_FAILED");
                assertThat(Rig.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("90");
            });
            assertThat(rig.meters.scrape())
                    .contains("tidecast_failed_closes_total{pipeline=\"meters\"} 3.0")
                    .contains("tidecast_events_total{pipeline=\"meters\",result=\"ok\"} 110.0");
            rig.send("broken", "{\"kwh\":1,\"at\":\"" + START.plusSeconds(86_400L * 40) + "\"}");
            assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(new String(letter.value())).contains("kwh");
                assertThat(Rig.header(letter.headers(), DeadLetter.REASON)).isEqualTo("PROCESSING_ERROR");
            });
        }
    }

    /** A sound record of a key whose first open bucket is no day of any calendar. */
    private static byte[] withFirstOpenNowhere(byte[] record) {
        ByteBuffer bytes = ByteBuffer.wrap(record.clone()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(7, -1_000_000_000_000_000L);
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 0, record.length - 4);
        bytes.putInt(record.length - 4, (int) crc.getValue());
        return bytes.array();
    }

    @Test
    void outputsCarryTheTriggersTimestampAndNoHeaders() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            Instant written = Instant.parse("2026-11-20T08:30:00.123Z");
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {1});
            for (int i = 0; i < 3; i++) {
                String value = "{\"kwh\":1,\"at\":\"" + START.plusSeconds(3600L * i) + "\"}";
                rig.send(new TestRecord<>(Rig.utf8("m"), Rig.utf8(value), headers, written));
            }
            assertThat(rig.read(Kind.FORECASTS)).hasSizeGreaterThanOrEqualTo(3).allSatisfy(r -> {
                assertThat(r.getRecordTime()).isEqualTo(written);
                assertThat(r.headers()).isEmpty();
            });
        }
    }

    @Test
    void theFirstEventOfAKeyIsAnswered() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            rig.send("m1", "{\"kwh\":4,\"at\":\"2026-11-20T09:30:00Z\"}");
            assertThat(rig.read(Kind.FORECASTS)).singleElement().satisfies(r -> {
                assertThat(r.key()).isEqualTo("m1");
                assertThat(new String(r.value()))
                        .contains("\"partial\":true", "\"offset\":0", "\"topic\":\"readings\"");
            });
        }
    }

    @Test
    void lateEventsAreDeadLettersOrOnlyCounted() {
        String late = "{\"kwh\":4,\"at\":\"2026-11-20T01:30:00Z\"}";
        try (Rig letters = new Rig(Pipelines.recordKey(), folder.resolve("a"));
                Rig dropped = new Rig(
                        Pipelines.read(Pipelines.RECORD_KEY, "max_future", "late: {after: drop}\nmax_future"),
                        folder.resolve("b"))) {
            for (Rig rig : List.of(letters, dropped)) {
                rig.send("m1", "{\"kwh\":4,\"at\":\"2026-11-20T09:30:00Z\"}");
                rig.send("m1", "{\"kwh\":4,\"at\":\"2026-11-20T10:30:00Z\"}");
                rig.read(Kind.FORECASTS);
                rig.send("m1", late);
                assertThat(rig.read(Kind.FORECASTS)).isEmpty();
                assertThat(rig.meters.scrape())
                        .contains("tidecast_late_events_total{pipeline=\"meters\"} 1.0")
                        .contains("tidecast_events_total{pipeline=\"meters\",result=\"late\"} 1.0")
                        .contains("tidecast_events_total{pipeline=\"meters\",result=\"ok\"} 2.0");
            }
            assertThat(dropped.deadLetters()).isEmpty();
            assertThat(letters.deadLetters()).singleElement().satisfies(r -> {
                assertThat(new String(r.value())).isEqualTo(late);
                assertThat(Rig.header(r.headers(), DeadLetter.REASON)).isEqualTo("LATE");
                assertThat(Rig.header(r.headers(), DeadLetter.DETAIL)).contains("2026-11-20T01:30:00Z");
                assertThat(Rig.header(r.headers(), DeadLetter.OFFSET)).isEqualTo("2");
            });
        }
    }

    @Test
    void theDeadLetterOfALateEventCrossesTheRepartitionTopicWhole() {
        try (Rig rig = new Rig(Pipelines.compositeKey(), folder)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {7});
            rig.send("x", "{\"store\":1,\"sku\":\"a\",\"qty\":1,\"at\":\"2026-11-20T09:30:00Z\"}");
            rig.send("x", "{\"store\":1,\"sku\":\"a\",\"qty\":1,\"at\":\"2026-11-22T09:30:00Z\"}");
            String late = "{\"store\":1,\"sku\":\"a\",\"qty\":9,\"at\":\"2026-11-20T10:00:00Z\",\"more\":[1]}";
            rig.send(new TestRecord<>(Rig.utf8("own key"), Rig.utf8(late), headers, Rig.NOW));
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(new String(r.key())).isEqualTo("own key");
                assertThat(new String(r.value())).isEqualTo(late);
                assertThat(r.headers().lastHeader("trace").value()).containsExactly(7);
                assertThat(Rig.header(r.headers(), DeadLetter.TOPIC)).isEqualTo("sales");
                assertThat(Rig.header(r.headers(), DeadLetter.OFFSET)).isEqualTo("2");
            });
        }
    }

    @Test
    void aCorruptStateMakesItsKeyStartAgainAndNoOther() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            for (int i = 0; i < 5; i++) {
                rig.send("bad", "{\"kwh\":4,\"at\":\"" + START.plusSeconds(3600L * i) + "\"}");
                rig.send("good", "{\"kwh\":4,\"at\":\"" + START.plusSeconds(3600L * i) + "\"}");
            }
            byte[] state = rig.store(Names.SERIES_STORE).get("bad");
            byte[] flipped = state.clone();
            flipped[flipped.length / 2] ^= 4;
            rig.store(Names.SERIES_STORE).put("bad", flipped);
            rig.read(Kind.FORECASTS);
            for (String key : List.of("bad", "good")) {
                rig.send(key, "{\"kwh\":4,\"at\":\"" + START.plusSeconds(3600L * 5) + "\"}");
            }
            List<TestRecord<String, byte[]>> forecasts = rig.read(Kind.FORECASTS);
            assertThat(forecasts).extracting(TestRecord::key).contains("bad", "good");
            assertThat(forecasts.stream().filter(r -> r.key().equals("good")))
                    .allMatch(r -> !new String(r.value()).contains("\"observed\":0"));
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.meters.scrape()).contains("tidecast_corrupt_states_total{pipeline=\"meters\"} 1.0");
            rig.send("bad", "{\"kwh\":4,\"at\":\"" + START.plusSeconds(3600L * 6) + "\"}");
            assertThat(rig.store(Names.SERIES_STORE).get("bad")).isNotNull().isNotEqualTo(state);
        }
    }

    @Test
    void aForecastTooLargeToSendLeavesADeadLetterAndTheStreamGoesOn() {
        Pipeline wide = Pipelines.read(
                        Pipelines.RECORD_KEY, "horizon:   6", "horizon:   400\nquantiles: [0.1, 0.2, 0.5, 0.8, 0.9]")
                .withKafka(Map.of("producer.max.request.size", "32768"));
        try (Rig rig = new Rig(wide, folder)) {
            rig.send("m", "{\"kwh\":4,\"at\":\"2026-11-20T09:30:00Z\"}");
            assertThat(rig.read(Kind.FORECASTS)).isEmpty();
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(Rig.header(r.headers(), DeadLetter.REASON)).isEqualTo("PRODUCTION_ERROR");
                assertThat(Rig.header(r.headers(), DeadLetter.DETAIL)).contains("at most 32256", "max.request.size");
                assertThat(Rig.header(r.headers(), DeadLetter.OFFSET)).isEqualTo("0");
            });
            assertThat(rig.store(Names.OPEN_STORE).get("m")).isNotNull();
        }
    }

    @Test
    void everyClosedBucketIsCountedTheSilentOnesToo() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            for (int hour : List.of(0, 1, 5)) {
                rig.send("m1", "{\"kwh\":4,\"at\":\"" + START.plusSeconds(3600L * hour) + "\"}");
            }
            assertThat(rig.meters.scrape()).contains("tidecast_buckets_closed_total{pipeline=\"meters\"} 5.0");
        }
    }

    @Test
    void everyMessageOfTheStreamIsCountedOnce() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            drive(rig, 0, 200);
            rig.send("m", "no json");
            double counted = new HashSet<>(List.of(rig.meters.scrape().split("\n")))
                    .stream()
                            .filter(line -> line.startsWith("tidecast_events_total{"))
                            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                            .sum();
            assertThat(counted).isEqualTo(201);
        }
    }

    private static void drive(Rig rig, int from, int to) {
        for (int i = from; i < to; i++) {
            SplittableRandom random = new SplittableRandom(i);
            rig.send(new TestRecord<>(
                    Rig.utf8("m" + random.nextInt(7)), Rig.utf8(event(random, i)), Rig.NOW.plusMillis(i)));
        }
    }

    private static String event(SplittableRandom random, int i) {
        if (random.nextInt(50) == 0) {
            return "{\"kwh\":\"broken\"}";
        }
        long at = START.toEpochMilli() + i * 400_000L - random.nextLong(5_000_000);
        return "{\"kwh\":" + random.nextInt(100) / 4.0 + ",\"at\":" + at + out(i) + "}";
    }

    /** What some pipelines read, and others pass over. */
    private static String out(int i) {
        return i % 5 == 1 ? ",\"out\":true" : i % 97 == 0 ? ",\"out\":\"no\"" : "";
    }

    private static ConsumerRecord<byte[], byte[]> asConsumed(
            String topic, long offset, TestRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                topic,
                0,
                offset,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                java.util.Optional.empty());
    }

    private static String text(TestRecord<String, byte[]> record) {
        return record.key() + " " + new String(record.value());
    }
}
