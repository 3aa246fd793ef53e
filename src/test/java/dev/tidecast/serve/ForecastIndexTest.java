package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecastIndexTest {
    private static final String[] WORDS = {"cold", "warming", "ready", "tepid"};

    private final ForecastIndex index = new ForecastIndex();

    private record Known(ForecastIndex.Place place, ForecastHead head) {}

    @Test
    void itAnswersLikeAMapThatHoldsEveryRecord() {
        Random random = new Random(3);
        Map<String, Known> map = new TreeMap<>();
        for (int i = 0; i < 60_000; i++) {
            String key = "store=" + random.nextInt(40) + "/sku=é" + random.nextInt(400);
            if (random.nextInt(10) == 0) {
                index.remove(bytes(key));
                map.remove(key);
            } else {
                Known known = new Known(
                        new ForecastIndex.Place(random.nextInt(65_535), random.nextLong(1L << 48)),
                        head(WORDS[random.nextInt(4)], random.nextLong(1L << 40), random.nextInt(5) == 0));
                index.put(bytes(key), known.place, known.head);
                map.put(key, known);
            }
        }
        assertThat(index.size()).isEqualTo(map.size());
        assertThat(index.stale()).isEqualTo((int)
                map.values().stream().filter(k -> k.head.stale()).count());
        map.forEach((key, known) -> assertThat(index.place(key)).isEqualTo(known.place));
        assertThat(index.place("store=1/sku=no")).isNull();
        for (State state : State.values()) {
            assertThat(index.size(state)).isEqualTo(expected(map, "", state).size());
            assertThat(index.find("store=3", state, 5_000).first()).isEqualTo(expected(map, "store=3", state));
        }
        List<ForecastIndex.Entry> all = expected(map, "store=2", null);
        ForecastIndex.Found some = index.find("store=2", null, 17);
        assertThat(some.total()).isEqualTo(all.size());
        assertThat(some.first()).isEqualTo(all.subList(0, 17));
        assertThat(index.find("none", null, 17).first()).isEmpty();
    }

    @Test
    void aKeyOfTwentyBytesTakesLessThanSixty() {
        int keys = 200_000;
        for (int i = 0; i < keys; i++) {
            byte[] key = bytes("store=%04d/sku=%05d".formatted(i % 200, i / 200));
            assertThat(key).hasSize(20);
            index.put(key, new ForecastIndex.Place(i % 6, i), head("ready", 40, false));
        }
        assertThat(index.size()).isEqualTo(keys);
        assertThat((double) index.bytes() / keys).isBetween(42.0, 60.0);
    }

    @Test
    void aKeyThatNoSeriesCanHaveIsRefused() {
        byte[] longest = new byte[65_534];
        index.put(longest, new ForecastIndex.Place(0, 1), head("ready", 1, false));
        assertThat(index.size()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.put(new byte[65_535], new ForecastIndex.Place(0, 2), head("ready", 1, false)))
                .withMessageContaining("65535 bytes");
    }

    private static List<ForecastIndex.Entry> expected(Map<String, Known> map, String prefix, @Nullable State state) {
        return map.entrySet().stream()
                .filter(one -> one.getKey().startsWith(prefix))
                .map(one -> entry(one.getKey(), one.getValue().head))
                .filter(entry -> state == null || entry.state() == state)
                .toList();
    }

    private static ForecastIndex.Entry entry(String key, ForecastHead head) {
        return new ForecastIndex.Entry(
                key, State.of(head.quality().state()), head.quality().observed(), head.stale());
    }

    private static ForecastHead head(String state, long observed, boolean stale) {
        return new ForecastHead(
                "event", new ForecastHead.Cause("in", 0, 1), new ForecastHead.Quality(state, observed), stale);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
