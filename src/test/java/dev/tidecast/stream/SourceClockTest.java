package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class SourceClockTest {
    private static final long GRACE = 600_000;
    private final Buckets hours = Buckets.of(Duration.ofHours(1), ZoneOffset.UTC, Aggregate.SUM);
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
        SourceClock whole = new SourceClock(hours, GRACE, null);
        SourceClock stopped = new SourceClock(hours, GRACE, store);
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(30) == 0) {
                stopped = new SourceClock(hours, GRACE, store);
            }
            long time = i * 90_000L - random.nextLong(20_000_000);
            long expected = whole.advance(3, time);
            assertThat(hours.index(stopped.advance(3, time) - GRACE)).isEqualTo(hours.index(expected - GRACE));
        }
    }

    @Test
    void itIsStoredOncePerBucket() {
        SourceClock clock = new SourceClock(hours, 0, store);
        clock.advance(0, 1);
        byte[] first = store.get("0");
        clock.advance(0, 3_599_999);
        assertThat(store.get("0")).isSameAs(first);
        clock.advance(0, 3_600_000);
        assertThat(store.get("0")).isNotEqualTo(first);
    }

    @Test
    void damagedBytesAreNoTime() {
        new SourceClock(hours, 0, store).advance(0, 7_200_000);
        byte[] bytes = store.get("0");
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            store.put("0", flipped);
            assertThat(new SourceClock(hours, 0, store).advance(0, 5)).isEqualTo(5);
        }
        store.put("0", bytes);
        assertThat(new SourceClock(hours, 0, store).advance(0, 5)).isEqualTo(7_200_000);
    }
}
