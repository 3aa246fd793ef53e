package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.state.NewerFormatException;
import dev.tidecast.forecast.state.OtherShapeException;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final long GRACE = 600_000;
    private static final Forecaster EXACT = forecaster(Duration.ZERO);
    private static final Forecaster GRACEFUL = forecaster(Duration.ofMillis(GRACE));
    private final Buckets hours = Buckets.of(Duration.ofHours(1), ZoneOffset.UTC, Aggregate.SUM);
    private int damaged;
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(Names.SOURCES_STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    {
        store.init(new MockProcessorContext<byte[], byte[]>().getStateStoreContext(), store);
    }

    @Test
    void aClockThatWasStoppedStandsInTheSameBucketAsOneThatWasNot() {
        SplittableRandom random = new SplittableRandom(8);
        SourceClock whole = new SourceClock(GRACEFUL, null, this::damage);
        SourceClock stopped = new SourceClock(GRACEFUL, store, this::damage);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(30) == 0) {
                stopped = new SourceClock(GRACEFUL, store, this::damage);
            }
            long time = i * 90_000L - random.nextLong(20_000_000);
            long expected = whole.advance("t", 3, time);
            assertThat(hours.index(stopped.advance("t", 3, time) - GRACE)).isEqualTo(hours.index(expected - GRACE));
        }
    }

    @Test
    void itIsStoredOncePerBucket() {
        SourceClock clock = new SourceClock(EXACT, store, this::damage);
        clock.advance("t", 0, 1);
        byte[] first = store.get("t/0");
        clock.advance("t", 0, 3_599_999);
        assertThat(store.get("t/0")).isSameAs(first);
        clock.advance("t", 0, 3_600_000);
        assertThat(store.get("t/0")).isNotEqualTo(first);
    }

    @Test
    void damagedBytesAreNoTimeAndAreCounted() {
        new SourceClock(EXACT, store, this::damage).advance("t", 0, 7_200_000);
        byte[] bytes = store.get("t/0");
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            store.put("t/0", flipped);
            assertThat(new SourceClock(EXACT, store, this::damage).advance("t", 0, 5))
                    .isEqualTo(5);
        }
        assertThat(damaged).isEqualTo(bytes.length * 8);
        store.put("t/0", bytes);
        assertThat(new SourceClock(EXACT, store, this::damage).advance("t", 0, 5))
                .isEqualTo(7_200_000);
    }

    @Test
    void aTimeOfANewerFormatIsRefusedAndKept() {
        new SourceClock(EXACT, store, this::damage).advance("t", 0, 7_200_000);
        byte[] newer = store.get("t/0").clone();
        newer[2] = 2;
        CRC32C crc = new CRC32C();
        crc.update(newer, 0, newer.length - 4);
        ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN).putInt(newer.length - 4, (int) crc.getValue());
        store.put("t/0", newer);
        SourceClock clock = new SourceClock(EXACT, store, this::damage);
        assertThatThrownBy(() -> clock.advance("t", 0, 9_000_000))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("record of a source's time has format 2");
        assertThatThrownBy(() -> clock.advance("t", 0, 9_000_000)).isInstanceOf(NewerFormatException.class);
        assertThat(store.get("t/0")).isSameAs(newer);
        assertThat(damaged).isZero();
    }

    @Test
    void aTimeUnderSettingsOfAnotherShapeIsRefused() {
        new SourceClock(EXACT, store, this::damage).advance("t", 0, 7_200_000);
        Forecaster other = Forecasters.of(Pipelines.read(Pipelines.RECORD_KEY, "horizon:   6", "horizon:   7"));
        assertThatThrownBy(() -> new SourceClock(other, store, this::damage).advance("t", 0, 1))
                .isInstanceOf(OtherShapeException.class);
    }

    /** As it was written before the value had a frame. */
    @Test
    void theFirstFormatIsReadForEver() {
        byte[] first = HexFormat.of().parseHex("0100000000006ddd0091193ae8");
        store.put("0", first);
        assertThat(new SourceClock(EXACT, store, this::damage).advance("t", 0, 5))
                .isEqualTo(7_200_000);
        assertThat(damaged).isZero();
    }

    @Test
    void thePartitionsOfAnotherTopicHaveTimesOfTheirOwn() {
        new SourceClock(EXACT, store, this::damage).advance("old", 0, 7_200_000);
        assertThat(new SourceClock(EXACT, store, this::damage).advance("new", 0, 5))
                .isEqualTo(5);
        assertThat(new SourceClock(EXACT, store, this::damage).advance("old", 0, 5))
                .isEqualTo(7_200_000);
    }

    private void damage() {
        damaged++;
    }

    private static Forecaster forecaster(Duration grace) {
        return Forecasters.of(Pipelines.read(
                Pipelines.RECORD_KEY, "max_future: none", "max_future: none\nlate: {grace: " + grace + "}"));
    }
}
