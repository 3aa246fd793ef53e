package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String GOOD =
            "{\"store\":\"12\",\"more\":{\"qty\":[7,{}]},\"sku\":\"A-77\",\"qty\":3,\"at\":\"2026-11-20T09:14:02Z\"}";

    private final EventReader reader = reader(Pipelines.compositeKey());

    @Test
    void onlyTheFieldsPointedToMatter() throws BadEvent {
        EventReader.Event event = read(GOOD);
        assertThat(event).isEqualTo(new EventReader.Event("store=12/sku=A-77", 1_795_166_042_000L, 3.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/order/lines/1/qty | {\"order\":{\"lines\":[{\"qty\":1},{\"x\":0,\"qty\":2},3]}}",
                "/~1slash/~0tilde | {\"~tilde\":9,\"/slash\":{\"~tilde\":2}}",
                "/a/0 | {\"a\":[2, 3]}",
                "/a/b | {\"a\":{\"b\":1},\"a\":{\"b\":2}}",
                "/a | {\"b\":{\"a\":1},\"a\":2}"
            })
    void pointersAreFollowedThroughObjectsAndArrays(String pointer, String json) throws BadEvent {
        Pipeline pipeline = Pipelines.read(Pipelines.RECORD_KEY, "/kwh", pointer, ", time: /at", "");
        EventReader.Event event = reader(pipeline).read(new byte[] {'m'}, json.getBytes(StandardCharsets.UTF_8), 5);
        assertThat(event).isEqualTo(new EventReader.Event("m", 5, 2));
    }

    @Test
    void aSinglePointerGivesTheFieldItselfAsKey() throws BadEvent {
        Pipeline pipeline = Pipelines.read(Pipelines.COMPOSITE_KEY, "[/store, /sku]", "/sku");
        EventReader single = reader(pipeline);
        assertThat(single.read(null, GOOD.getBytes(StandardCharsets.UTF_8), 0).key())
                .isEqualTo("A-77");
    }

    @Test
    void differentFieldsNeverGiveTheSameKey() throws BadEvent {
        assertThat(read(GOOD.replace("\"12\"", "\"a/sku=b~\"")).key()).isEqualTo("store=a~1sku=b~0/sku=A-77");
        assertThat(read(GOOD.replace("\"12\"", "12.0")).key()).isEqualTo("store=12.0/sku=A-77");
        assertThat(read(GOOD.replace("\"12\"", "false")).key()).isEqualTo("store=false/sku=A-77");
        assertThat(read(GOOD.replace("\"12\"", "\"é\uD83D\uDE00\"")).key()).isEqualTo("store=é\uD83D\uDE00/sku=A-77");
    }

    @Test
    void halfACharacterIsNoPartOfAKey() {
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> read(GOOD.replace("\"12\"", "\"\\ud800\"")))
                .withMessageContaining("/store")
                .matches(bad -> bad.reason() == Reason.MISSING_FIELD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | false",
                ",\"out\":true | true",
                ",\"out\":false | false",
                ",\"out\":1 | true",
                ",\"out\":0.0 | false"
            })
    void anEventMaySayThatItsShelfWasEmpty(String field, boolean censored) throws BadEvent {
        assertThat(censored(field)).isEqualTo(new EventReader.Event("m", 5, 3, censored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"true\"", "2", "-1", "1e-9", "[]", "{}", "1e999"})
    void whetherAShelfWasEmptyIsTrueOrFalse(String found) {
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> censored(",\"out\":" + found))
                .withMessageContaining("/out: expected true or false, found ")
                .matches(bad -> bad.reason() == Reason.NOT_A_FLAG);
    }

    private static EventReader.Event censored(String field) throws BadEvent {
        Pipeline pipeline = Pipelines.read(Pipelines.RECORD_KEY, ", time: /at", ", censored: /out");
        String json = "{\"kwh\":3" + field + "}";
        return reader(pipeline).read(new byte[] {'m'}, json.getBytes(StandardCharsets.UTF_8), 5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42 | the number \"42\"",
                "-1.5e3 | the number \"-1.5e3\"",
                "\"hi\" | the text \"hi\"",
                "true | a truth value",
                "null | null",
                "[1,2] | an array",
                "[{\"store\":1}] | an array"
            })
    void aDocumentThatIsNoObjectIsNotJson(String json, String found) {
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> read(json))
                .withMessage("value: expected a JSON object, found " + found)
                .matches(bad -> bad.reason() == Reason.NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource({"e9, 15", "c0af, 15", "eda080, 15", "c3, 15", "41e282, 16", "f4908080, 15"})
    void bytesThatAreNotUtf8AreRefusedWhereTheyStand(String hex, int at) {
        byte[] bytes = spliced("{\"x\":0,\"store\":\"\",\"sku\":1,\"qty\":3,\"at\":1}", 15, hex);
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> reader.read(null, bytes, 0))
                .withMessage("value: is not UTF-8 at byte " + (at + 2))
                .matches(bad -> bad.reason() == Reason.NOT_JSON);
    }

    @Test
    void otherEncodingsOfJsonAreRefused() {
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
            assertThatExceptionOfType(BadEvent.class)
                    .isThrownBy(() -> reader.read(null, GOOD.getBytes(charset), 0))
                    .withMessageStartingWith("value: is not UTF-8 at byte ")
                    .matches(bad -> bad.reason() == Reason.NOT_JSON);
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "\"3\", 3", "\"3.5\", 3.5", "\"-2e3\", -2000", "\"-0\", 0", "-2.5, -2.5"})
    void aNumberMayBeATextWhereTheSourceSaysSo(String json, double value) throws BadEvent {
        EventReader.Event event = textReader().read(new byte[] {'m'}, Rig.utf8("{\"kwh\":" + json + "}"), 5);
        assertThat(Double.doubleToRawLongBits(event.value())).isEqualTo(Double.doubleToRawLongBits(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" 3\"", "\"0x10\"", "\"NaN\"", "\"1,5\"", "\"+3\"", "true", "[]", "\"1e999\""})
    void aTextThatIsNoPlainNumberIsRefused(String json) {
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> textReader().read(new byte[] {'m'}, Rig.utf8("{\"kwh\":" + json + "}"), 5))
                .withMessageMatching("/kwh: expected a (finite )?number.*, found .*")
                .matches(bad -> bad.reason() == Reason.NOT_A_NUMBER);
    }

    @Test
    void aTextIsNoNumberWhereTheSourceDoesNotSaySo() {
        assertThatExceptionOfType(BadEvent.class)
                .isThrownBy(() -> read(GOOD.replace(":3,", ":\"3\",")))
                .withMessage("/qty: expected a number, found the text \"3\"")
                .matches(bad -> bad.reason() == Reason.NOT_A_NUMBER);
    }

    private static EventReader textReader() {
        return reader(Pipelines.read(Pipelines.RECORD_KEY, ", time: /at", ", number: text"));
    }

    private static byte[] spliced(String json, int at, String hex) {
        byte[] piece = HexFormat.of().parseHex(hex);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        byte[] out = Arrays.copyOf(bytes, bytes.length + piece.length);
        System.arraycopy(piece, 0, out, at + 1, piece.length);
        System.arraycopy(bytes, at + 1, out, at + 1 + piece.length, bytes.length - at - 1);
        return out;
    }

    @Test
    void minusZeroIsZero() throws BadEvent {
        double zero = read(GOOD.replace(":3,", ":-0.0,")).value();
        assertThat(Double.doubleToRawLongBits(zero)).isZero();
    }

    @Test
    void whatIsReadDoesNotDependOnWhatWasReadBefore() throws BadEvent {
        read(GOOD);
        assertThatExceptionOfType(BadEvent.class).isThrownBy(() -> read("{}"));
        assertThatExceptionOfType(BadEvent.class).isThrownBy(() -> read("{\"store\":1,\"qty\":3,\"at\":1}"));
        assertThat(read(GOOD).key()).isEqualTo("store=12/sku=A-77");
    }

    @Test
    void anyBytesAreAnEventOrARefusalThatSaysWhy() {
        SplittableRandom random = new SplittableRandom(77);
        Map<Reason, Integer> met = new EnumMap<>(Reason.class);
        int events = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = mutated(random);
            try {
                EventReader.Event event = reader.read(null, bytes, 0);
                events++;
                assertThatCode(() -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)))
                        .doesNotThrowAnyException();
                assertThat(event.value()).isFinite();
                assertThat(event.key().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
                assertThat(event.time()).isBetween(-62_135_596_800_000L, 253_402_300_799_999L);
            } catch (BadEvent bad) {
                assertThat(bad.detail()).isNotBlank().hasSizeLessThan(512);
                met.merge(bad.reason(), 1, Integer::sum);
            }
        }
        assertThat(events).isGreaterThan(1000);
        assertThat(met.keySet())
                .containsAll(EnumSet.of(
                        Reason.NOT_JSON,
                        Reason.MISSING_FIELD,
                        Reason.NOT_A_NUMBER,
                        Reason.BAD_TIME,
                        Reason.TOO_LARGE,
                        Reason.OUT_OF_DOMAIN));
    }

    private static byte[] mutated(SplittableRandom random) {
        String[] parts = {
            "{", "}", "[", "]", "\"", ":", ",", "null", "true", "-", "1e400", "9e15", "\\u0000", "é", "\"at\""
        };
        byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(7)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 3 -> bytes = spliced(bytes, at, parts[random.nextInt(parts.length)], random.nextInt(4));
                case 4 -> bytes = spliced(bytes, at, "[".repeat(random.nextInt(100)), 0);
                case 5 -> bytes = spliced(bytes, at, "7".repeat(random.nextInt(500)), 1);
                default -> bytes = spliced(bytes, at, Double.toString(random.nextDouble() * 1e17), random.nextInt(8));
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, String text, int cut) {
        byte[] piece = text.getBytes(StandardCharsets.UTF_8);
        int rest = Math.min(bytes.length, at + cut);
        byte[] out = Arrays.copyOf(bytes, at + piece.length + bytes.length - rest);
        System.arraycopy(piece, 0, out, at, piece.length);
        System.arraycopy(bytes, rest, out, at + piece.length, bytes.length - rest);
        return out;
    }

    private static EventReader reader(Pipeline pipeline) {
        return new EventReader(pipeline, Forecasters.of(pipeline));
    }

    private EventReader.Event read(String json) throws BadEvent {
        return reader.read(null, json.getBytes(StandardCharsets.UTF_8), 0);
    }
}
