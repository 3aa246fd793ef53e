package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagedStoreTest {
    private final TreeStore below = new TreeStore();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 60, 5000})
    void itIsOneStoreForWhoeverWritesAndReadsInAnyOrder(int readAhead) {
        StagedStore staged = new StagedStore(below, readAhead);
        SplittableRandom random = new SplittableRandom(21);
        TreeMap<String, byte[]> model = new TreeMap<>((a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        TreeMap<String, byte[]> committed = new TreeMap<>(model.comparator());
        for (int i = 0; i < 50_000; i++) {
            String key = key(random);
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    byte[] value = {(byte) i};
                    staged.put(key, value);
                    model.put(key, value);
                }
                case 4, 5 -> {
                    staged.delete(key);
                    model.remove(key);
                }
                case 6 -> {
                    staged.commit();
                    committed.clear();
                    committed.putAll(model);
                }
                case 7 -> {
                    staged.discard();
                    model.clear();
                    model.putAll(committed);
                }
                case 8, 9 -> {
                    String after = random.nextInt(9) == 0 ? null : key;
                    int limit = 1 + random.nextInt(20);
                    List<String> expected = (after == null ? model : model.tailMap(after, false))
                            .keySet().stream().limit(limit).toList();
                    assertThat(staged.keysAfter(after, limit)).isEqualTo(expected);
                }
                default -> assertThat(staged.get(key)).isEqualTo(model.get(key));
            }
        }
        assertThat(model).isNotEmpty();
    }

    /** A sweep goes through the keys while they are written, and its place moves on. */
    @Test
    void readingOnFromTheLastKeyMeetsEveryKeyThatIsThereInItsOrder() {
        SplittableRandom random = new SplittableRandom(4);
        StagedStore staged = new StagedStore(below, 16);
        TreeMap<String, byte[]> model = new TreeMap<>(TreeStore.UTF8_ORDER);
        for (int round = 0; round < 200; round++) {
            String place = null;
            for (boolean more = true; more; ) {
                String key = key(random);
                if (random.nextBoolean()) {
                    staged.put(key, new byte[1]);
                    model.put(key, new byte[1]);
                } else {
                    staged.delete(key);
                    model.remove(key);
                }
                if (random.nextInt(20) == 0) {
                    staged.discard();
                    model.clear();
                    below.keysAfter(null, 10_000).forEach(kept -> model.put(kept, new byte[1]));
                } else {
                    staged.commit();
                }
                List<String> expected = (place == null ? model : model.tailMap(place, false))
                        .keySet().stream().limit(7).toList();
                assertThat(staged.keysAfter(place, 7)).isEqualTo(expected);
                more = expected.size() == 7;
                place = more ? expected.get(6) : null;
            }
        }
    }

    @Test
    void nothingReachesTheStoreBeforeTheCommit() {
        StagedStore staged = new StagedStore(below);
        staged.put("a", new byte[3]);
        assertThat(below.get("a")).isNull();
        staged.discard();
        staged.commit();
        assertThat(below.get("a")).isNull();
        staged.put("a", new byte[3]);
        staged.put("a", new byte[5]);
        staged.commit();
        assertThat(below.get("a")).hasSize(5);
    }

    private static String key(SplittableRandom random) {
        int[] letters = {'a', 'b', '/', 0xE9, 0xFFFD, 0x1F600, 0x10FFFF};
        StringBuilder key = new StringBuilder();
        int length = 1 + random.nextInt(3);
        for (int i = 0; i < length; i++) {
            key.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return key.toString();
    }
}
