package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleStreamsTest {
    private static final long SEED = 7;
    private static final JsonFactory JSON = new JsonFactory();

    @ParameterizedTest
    @CsvSource({"demand, a879a820c990736ff52786feedf8d011", "stock, 47a36bf84096e019953cd984cb3552ab"})
    void theSameSeedGivesTheSameBytesForEver(String name, String hash) {
        assertThat(hash(stream(name, SEED), 50_000)).isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demand", "stock"})
    void anotherSeedGivesAnotherStream(String name) {
        assertThat(hash(stream(name, SEED + 1), 1_000)).isNotEqualTo(hash(stream(name, SEED), 1_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demand", "stock"})
    void samplesComeInTheOrderTheyAreSent(String name) {
        SampleStream stream = stream(name, SEED);
        long at = Long.MIN_VALUE;
        for (int i = 0; i < 100_000; i++) {
            Sample sample = stream.next();
            assertThat(sample.at()).isGreaterThanOrEqualTo(at);
            assertThat(sample.eventTime()).isLessThanOrEqualTo(sample.at());
            at = sample.at();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"demand", "stock"})
    void mishapsHaveTheirShares(String name) {
        int count = 400_000;
        int[] counts = new int[Sample.Kind.values().length];
        SampleStream stream = stream(name, SEED);
        for (int i = 0; i < count; i++) {
            counts[stream.next().kind().ordinal()]++;
        }
        share(counts[Sample.Kind.DELAYED.ordinal()], count, Mishaps.DELAYED);
        share(counts[Sample.Kind.LATE.ordinal()], count, Mishaps.LATE);
        for (Sample.Kind kind : Sample.Kind.values()) {
            if (kind.bad()) {
                share(counts[kind.ordinal()], count, Mishaps.BAD / 5);
            }
        }
    }

    /** Four standard deviations, and what the bad copies take from the other shares. */
    private static void share(int seen, int count, double expected) {
        double deviation = Math.sqrt(expected / count);
        assertThat(seen / (double) count).isCloseTo(expected, within(4 * deviation + Mishaps.BAD * expected));
    }

    @ParameterizedTest
    @CsvSource({"demand, qty, sold_at, PT6H, P20D", "stock, price, traded_at, PT1M, PT4H"})
    void everyValueIsWhatItsKindSays(String name, String number, String time, Duration grace, Duration late)
            throws IOException {
        SampleStream stream = stream(name, SEED);
        for (int i = 0; i < 50_000; i++) {
            Sample sample = stream.next();
            Duration delay = Duration.ofMillis(sample.at() - sample.eventTime());
            switch (sample.kind()) {
                case NOT_JSON -> assertThatThrownBy(() -> fields(sample)).isInstanceOf(JsonProcessingException.class);
                case MISSING_FIELD -> assertThat(fields(sample)).doesNotContainKey(number);
                case NOT_A_NUMBER -> assertThat(fields(sample).get(number)).isInstanceOf(String.class);
                case BAD_TIME ->
                    assertThatThrownBy(() -> moment(sample, time)).isInstanceOf(DateTimeParseException.class);
                case FUTURE_TIMESTAMP -> assertThat(moment(sample, time)).isAfter("2199-01-01T00:00:00Z");
                case GOOD -> wellFormed(sample, number, time, delay.isZero());
                case DELAYED -> wellFormed(sample, number, time, delay.compareTo(grace) < 0);
                case LATE -> wellFormed(sample, number, time, delay.compareTo(late) >= 0);
            }
        }
    }

    private static void wellFormed(Sample sample, String number, String time, boolean inTime) throws IOException {
        assertThat(inTime).as("delay of %s", sample.kind()).isTrue();
        assertThat((Double) fields(sample).get(number)).isPositive();
        assertThat(moment(sample, time).toEpochMilli()).isEqualTo(sample.eventTime());
    }

    private static Instant moment(Sample sample, String time) throws IOException {
        return Instant.parse((String) fields(sample).get(time));
    }

    private static Map<String, Object> fields(Sample sample) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(sample.value())) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                fields.put(name, value.isNumeric() ? (Object) parser.getDoubleValue() : parser.getText());
            }
        }
        return fields;
    }

    private static SampleStream stream(String name, long seed) {
        return name.equals("demand")
                ? SampleStreams.demand(seed, SampleStreams.DEMAND_START)
                : SampleStreams.stock(seed, SampleStreams.STOCK_START);
    }

    private static String hash(SampleStream stream, int count) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer numbers = ByteBuffer.allocate(17);
            for (int i = 0; i < count; i++) {
                Sample sample = stream.next();
                digest.update(sample.key());
                digest.update(sample.value());
                numbers.clear().putLong(sample.eventTime()).putLong(sample.at());
                digest.update(numbers.put((byte) sample.kind().ordinal()).array());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
