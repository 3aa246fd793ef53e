package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class ArrivalSerdeTest {
    private final ArrivalSerde bare = new ArrivalSerde(false);
    private final ArrivalSerde whole = new ArrivalSerde(true);

    @Test
    void whatIsWrittenIsRead() {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 20_000; i++) {
            Arrival arrival = random(random);
            assertThat(bare.read(bare.write(arrival)).observation()).isEqualTo(arrival.observation());
            assertThat(bare.read(bare.write(arrival)).value()).isNull();
            Arrival read = bare.read(whole.write(arrival));
            assertThat(read.observation()).isEqualTo(arrival.observation());
            assertThat(read.key()).isEqualTo(arrival.key());
            assertThat(read.value()).isEqualTo(arrival.value());
        }
    }

    private static final String BODY =
            "00000000000000014004000000000000000000000000000300000004000000000000000500000000" + "00000006" + "000174"
                    + "0002c3a9" + "0000000107" + "000000020809";

    @Test
    void theFirstFormatIsReadForEver() {
        Arrival read = whole.read(HexFormat.of().parseHex("4f0107" + BODY));
        assertThat(read.observation()).isEqualTo(new Observation("é", 1, 2.5, 3, new Source("t", 4, 5, 6)));
        assertThat(read.key()).containsExactly(7);
        assertThat(read.value()).containsExactly(8, 9);
    }

    @Test
    void theFirstFormatKnowsNoLiveRecords() {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> whole.read(HexFormat.of().parseHex("4f0117" + BODY)))
                .withMessageContaining("version 1, flags 23");
    }

    @Test
    void theBytesOfTheSecondFormatAreThese() {
        Observation live =
                new Observation("é", 1, 2.5, false, new Observation.Delivery(new Source("t", 4, 5, 6), 3, true));
        Arrival arrival = new Arrival(live, new byte[] {7}, new byte[] {8, 9});
        assertThat(HexFormat.of().formatHex(whole.write(arrival))).isEqualTo("4f0217" + BODY);
        assertThat(whole.read(whole.write(arrival)).observation()).isEqualTo(live);
    }

    @Test
    void aCensoredValueIsOneBit() {
        Observation whole = new Observation("k", 1, 2.5, 3, new Source("t", 4, 5, 6));
        Observation censored = new Observation("k", 1, 2.5, 3, new Source("t", 4, 5, 6), true);
        byte[] expected = bare.write(new Arrival(whole));
        expected[2] |= 8;
        assertThat(bare.write(new Arrival(censored))).isEqualTo(expected);
        assertThat(bare.read(expected).observation()).isEqualTo(censored);
    }

    @Test
    void anyOtherBytesAreRefusedInWords() {
        SplittableRandom random = new SplittableRandom(10);
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = whole.write(random(random));
            switch (random.nextInt(4)) {
                case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
                case 2 -> random.nextBytes(bytes);
                default -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertThat(bare.read(bytes).observation().key()).isNotNull();
            } catch (SerializationException e) {
                refused++;
                assertThat(e.getMessage()).isNotBlank();
            }
        }
        assertThat(refused).isGreaterThan(100_000);
        assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> bare.read(null));
    }

    @Test
    void aCutOffArrivalIsAlwaysNoticed() {
        byte[] bytes = whole.write(random(new SplittableRandom(3)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> bare.read(cut));
        }
    }

    @Test
    void aNewerVersionSaysSo() {
        byte[] bytes = bare.write(random(new SplittableRandom(4)));
        bytes[1] = 3;
        assertThatExceptionOfType(ArrivalSerde.NewerArrivalException.class)
                .isThrownBy(() -> bare.read(bytes))
                .withMessageContaining("start a newer Tidecast");
    }

    private static Arrival random(SplittableRandom random) {
        Source source = new Source(
                "topic" + random.nextInt(9), random.nextInt(99), random.nextLong(1L << 40), random.nextLong(1L << 41));
        Observation observation = new Observation(
                text(random),
                random.nextLong(),
                random.nextDouble() * 1e9 - 5e8,
                random.nextLong(),
                source,
                random.nextBoolean());
        byte[] key = random.nextBoolean() ? null : new byte[random.nextInt(20)];
        byte[] value = random.nextInt(8) == 0 ? null : new byte[random.nextInt(200)];
        return new Arrival(observation, key, value);
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x10000, 0x110000) : random.nextInt(0x20, 0xD7FF);
            text.appendCodePoint(c);
        }
        return text.toString();
    }
}
