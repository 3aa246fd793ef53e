package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterTest {
    private static final String GOOD = "{\"kwh\":4,\"at\":\"2026-11-20T09:30:00Z\"}";

    @TempDir
    private Path folder;

    static Stream<Arguments> poison() {
        return Stream.of(
                Arguments.of(Reason.NOT_JSON, "m", "kwh=4", "value: "),
                Arguments.of(Reason.NOT_JSON, "m", "", "value: empty"),
                Arguments.of(Reason.NOT_JSON, "m", GOOD + "{}", "more than one"),
                Arguments.of(Reason.NOT_JSON, "m", GOOD.substring(0, 20), "value: "),
                Arguments.of(Reason.MISSING_FIELD, "m", "{\"at\":1}", "/kwh: expected a number, found nothing"),
                Arguments.of(Reason.NOT_JSON, "m", "[4]", "value: expected a JSON object, found an array"),
                Arguments.of(
                        Reason.MISSING_FIELD, "m", "{\"at\":1,\"kwh\":null}", "/kwh: expected a number, found null"),
                Arguments.of(Reason.MISSING_FIELD, "m", "{\"kwh\":1}", "/at: expected a time, found nothing"),
                Arguments.of(
                        Reason.NOT_A_NUMBER,
                        "m",
                        "{\"at\":1,\"kwh\":\"n/a\"}",
                        "/kwh: expected a number, found the text \"n/a\""),
                Arguments.of(
                        Reason.NOT_A_NUMBER, "m", "{\"at\":1,\"kwh\":true}", "/kwh: expected a number, found \"true\""),
                Arguments.of(
                        Reason.NOT_A_NUMBER, "m", "{\"at\":1,\"kwh\":{}}", "/kwh: expected a number, found an object"),
                Arguments.of(Reason.NOT_A_NUMBER, "m", "{\"at\":1,\"kwh\":1e999}", "/kwh: expected a finite number"),
                Arguments.of(
                        Reason.OUT_OF_DOMAIN,
                        "m",
                        "{\"at\":1,\"kwh\":1e300}",
                        "/kwh: expected a number a target of kind nonneg can have"),
                Arguments.of(
                        Reason.BAD_TIME,
                        "m",
                        "{\"at\":\"yesterday\",\"kwh\":1}",
                        "/at: expected a time, found the text"),
                Arguments.of(Reason.BAD_TIME, "m", "{\"at\":[],\"kwh\":1}", "/at: expected a time, found an array"),
                Arguments.of(Reason.BAD_TIME, "m", "{\"at\":1e300,\"kwh\":1}", "outside the years"),
                Arguments.of(Reason.NULL_VALUE, "m", null, "value: none"),
                Arguments.of(Reason.NULL_KEY, null, GOOD, "record key: none"),
                Arguments.of(Reason.NULL_KEY, "", GOOD, "record key: empty"),
                Arguments.of(Reason.TOO_LARGE, "m".repeat(1025), GOOD, "record key: 1025 bytes"),
                Arguments.of(Reason.TOO_LARGE, "m", " ".repeat(65_536) + GOOD, "bytes, at most 65536"),
                Arguments.of(Reason.TOO_LARGE, "m", "{\"x\":" + "[".repeat(500) + "]".repeat(500) + "}", "value: "));
    }

    @ParameterizedTest
    @MethodSource("poison")
    void poisonIsKeptWithItsReasonAndNothingElseIsLost(Reason reason, String key, String value, String detail) {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {7});
            byte[] keyBytes = key == null ? null : Rig.utf8(key);
            byte[] valueBytes = value == null ? null : Rig.utf8(value);
            rig.send("m", GOOD);
            rig.send(new TestRecord<>(keyBytes, valueBytes, headers, Rig.NOW));
            rig.send("m", GOOD);
            assertThat(rig.read(Kind.FORECASTS)).hasSize(2);
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(Rig.header(r.headers(), DeadLetter.REASON)).isEqualTo(reason.name());
                assertThat(Rig.header(r.headers(), DeadLetter.DETAIL)).contains(detail);
                assertThat(Rig.header(r.headers(), DeadLetter.PIPELINE)).isEqualTo("meters");
                assertThat(Rig.header(r.headers(), DeadLetter.TOPIC)).isEqualTo("readings");
                assertThat(Rig.header(r.headers(), DeadLetter.PARTITION)).isEqualTo("0");
                assertThat(Rig.header(r.headers(), DeadLetter.OFFSET)).isEqualTo("1");
                assertThat(r.headers().lastHeader("trace").value()).containsExactly(7);
                assertThat(r.key()).isEqualTo(keyBytes);
                assertThat(r.value()).isEqualTo(valueBytes);
                assertThat(r.getRecordTime()).isEqualTo(Rig.NOW);
            });
        }
    }

    @Test
    void anInvalidKeyIsNoKey() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            rig.send(new byte[] {'a', (byte) 0xC3}, Rig.utf8(GOOD));
            assertThat(reason(rig)).isEqualTo("NULL_KEY");
        }
    }

    @Test
    void aTimeTooFarAheadIsRefusedByTheClockAlone() {
        Pipeline guarded = Pipelines.read(Pipelines.RECORD_KEY, "max_future: none", "max_future: PT1H");
        try (Rig rig = new Rig(guarded, folder)) {
            rig.send("m", "{\"kwh\":4,\"at\":\"2026-11-20T13:00:00Z\"}");
            assertThat(rig.deadLetters()).isEmpty();
            rig.send("m", "{\"kwh\":4,\"at\":\"2026-11-20T13:00:00.001Z\"}");
            assertThat(reason(rig)).isEqualTo("FUTURE_TIMESTAMP");
            assertThat(rig.read(Kind.FORECASTS)).hasSize(1);
        }
    }

    @Test
    void aTimeTooFarAheadMovesNoClock() {
        Pipeline guarded = Pipelines.read(Pipelines.RECORD_KEY, "max_future: none", "max_future: PT1H");
        try (Rig rig = new Rig(guarded, folder)) {
            rig.send("m", "{\"kwh\":4,\"at\":\"2026-11-20T10:00:00Z\"}");
            rig.send("m", "{\"kwh\":4,\"at\":\"2099-01-01T00:00:00Z\"}");
            rig.send("m", "{\"kwh\":4,\"at\":\"2026-11-20T10:30:00Z\"}");
            assertThat(rig.deadLetters()).hasSize(1);
            assertThat(rig.read(Kind.FORECASTS)).hasSize(2);
        }
    }

    @Test
    void partsOfACompositeKeyAreNamedWhenTheyAreMissing() {
        try (Rig rig = new Rig(Pipelines.compositeKey(), folder)) {
            rig.send("x", "{\"store\":1,\"qty\":1,\"at\":1}");
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(Rig.header(r.headers(), DeadLetter.REASON)).isEqualTo("MISSING_FIELD");
                assertThat(Rig.header(r.headers(), DeadLetter.DETAIL))
                        .isEqualTo("/sku: expected a part of the key, found nothing");
            });
        }
    }

    @Test
    void aSingleEventObeysTheDomainUnlessEventsAreSummed() {
        String price =
                Pipelines.RECORD_KEY.replace("kind: nonneg", "kind: price").replace("sum", "last");
        try (Rig summed = new Rig(Pipelines.recordKey(), folder.resolve("a"));
                Rig last = new Rig(Pipelines.read(price), folder.resolve("b"))) {
            summed.send("m", "{\"kwh\":-4,\"at\":\"2026-11-20T09:30:00Z\"}");
            assertThat(summed.deadLetters()).isEmpty();
            last.send("m", "{\"kwh\":0,\"at\":\"2026-11-20T09:30:00Z\"}");
            assertThat(reason(last)).isEqualTo("OUT_OF_DOMAIN");
        }
    }

    @Test
    void aDeadLetterThatDiesAgainShowsOneVerdict() {
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            rig.send("m", "once");
            TestRecord<byte[], byte[]> first = rig.deadLetters().get(0);
            rig.send(new TestRecord<>(first.key(), first.value(), first.headers(), Rig.NOW));
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(r.headers().headers(DeadLetter.REASON)).hasSize(1);
                assertThat(Rig.header(r.headers(), DeadLetter.OFFSET)).isEqualTo("1");
            });
        }
    }

    @Test
    void whatWouldNotFitIsCutAndSaysSo() {
        byte[] huge = new byte[2_000_000];
        Arrays.fill(huge, (byte) 'x');
        try (Rig rig = new Rig(Pipelines.recordKey(), folder)) {
            rig.send(Rig.utf8("m"), huge);
            assertThat(rig.deadLetters()).singleElement().satisfies(r -> {
                assertThat(Rig.header(r.headers(), DeadLetter.REASON)).isEqualTo("TOO_LARGE");
                assertThat(Rig.header(r.headers(), DeadLetter.TRUNCATED)).isEqualTo("key 1 bytes, value 2000000 bytes");
                assertThat(r.value()).hasSize(65_536);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 24_575, 24_576, 24_577, 60_000, 900_000})
    void noDeadLetterIsLargerThanTheProducerSends(int size) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[size / 3]);
        DeadLetter original = new DeadLetter(new byte[size / 3], new byte[size / 3], headers);
        RuntimeException failure = new IllegalStateException("x".repeat(9000));
        DeadLetter letter = new DeadLetters("meters", 32_768)
                .of(original, new Source("t".repeat(249), 0, 0, 0), Reason.PROCESSING_ERROR, failure);
        // Kafka's own bound: 61 bytes for a batch, 21 for a record, and per header two lengths of at most 5.
        int upperBound = 61 + 21 + length(letter.key()) + length(letter.value());
        for (Header header : letter.headers()) {
            upperBound += 10 + header.key().length() + header.value().length;
        }
        assertThat(upperBound).isLessThanOrEqualTo(32_768);
        assertThat(letter.headers().lastHeader(DeadLetter.TRUNCATED) == null).isEqualTo(size < 24_570);
    }

    @Test
    void detailsAreCutBetweenCharacters() {
        List<String> long_ = List.of("ж".repeat(4000), "€".repeat(4000), "a" + "\uD83D\uDE00".repeat(4000));
        for (String text : long_) {
            DeadLetter letter = new DeadLetters("meters", 1_048_576)
                    .of(
                            new DeadLetter(null, null, new RecordHeaders()),
                            new Source("t", 0, 0, 0),
                            Reason.PROCESSING_ERROR,
                            new IllegalStateException(text));
            for (String name : List.of(DeadLetter.DETAIL, DeadLetter.MESSAGE, DeadLetter.STACK_TRACE)) {
                byte[] utf8 = letter.headers().lastHeader(name).value();
                assertThat(utf8.length).isBetween(500, 4096);
                assertThat(new String(utf8, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
            }
        }
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String reason(Rig rig) {
        List<TestRecord<byte[], byte[]>> letters = rig.deadLetters();
        assertThat(letters).hasSize(1);
        return Rig.header(letters.get(0).headers(), DeadLetter.REASON);
    }
}
