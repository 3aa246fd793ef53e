package dev.tidecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownTest {
    private static final float NONE = Float.NaN;

    private static Known.Maker maker(String... names) {
        return new Known.Maker(List.of(names), List.of("price"));
    }

    private static double[] unusual(Known known, String key, long step) {
        double[] x = known.of(key, 7).unusual(step);
        return x == null ? new double[known.names().size()] : x;
    }

    @Test
    void aRareHolidayIsUnusualAndNothingIsInTheWeeksAfterIt() {
        Known.Maker maker = maker("holiday");
        maker.add(null, 100, new float[] {1});
        Known known = maker.make();
        assertThat(unusual(known, "a", 100)).containsExactly(1);
        for (long step = 0; step < 300; step++) {
            assertThat(known.of("a", 7).unusual(step))
                    .as("step %d", step)
                    .isEqualTo(step == 100 ? new double[] {1} : null);
        }
    }

    @Test
    void whatIsSoEveryWeekIsUsualAndItsAbsenceIsUnusual() {
        Known.Maker maker = maker("closed");
        for (long week = 0; week < 30; week++) {
            if (week != 20) {
                maker.add(null, 7 * week, new float[] {1});
            }
        }
        Known known = maker.make();
        assertThat(unusual(known, "a", 7 * 19)).containsExactly(0);
        assertThat(unusual(known, "a", 7 * 20)).containsExactly(-1);
        assertThat(unusual(known, "a", 7 * 21)).containsExactly(0);
    }

    @Test
    void aRowOfTheKeyWinsCellByCellOverTheRowOfAll() {
        Known.Maker maker = maker("holiday", "promotion");
        maker.add(null, 100, new float[] {1, 2});
        maker.add("a", 100, new float[] {NONE, 3});
        maker.add("b", 100, new float[] {0, NONE});
        Known known = maker.make();
        assertThat(unusual(known, "a", 100)).containsExactly(1, 3);
        assertThat(unusual(known, "b", 100)).containsExactly(0, 2);
        assertThat(unusual(known, "c", 100)).containsExactly(1, 2);
        assertThat(known.has("c")).isFalse();
    }

    @Test
    void aPriceLastsUntilTheNextAndIsComparedWithTheUsualOne() {
        Known.Maker maker = maker("price");
        maker.add("a", 0, new float[] {4});
        maker.add("a", 200, new float[] {3});
        Known known = maker.make();
        assertThat(unusual(known, "a", 0)).as("the first price").containsExactly(0);
        assertThat(unusual(known, "a", 199)).containsExactly(0);
        assertThat(unusual(known, "a", 200)).containsExactly(-.25);
        assertThat(unusual(known, "a", 206)).containsExactly(-.25);
        assertThat(unusual(known, "a", 200 + 7 * Known.MEMORY))
                .as("by then the usual one")
                .containsExactly(0);
        assertThat(unusual(known, "b", 200)).as("another key").containsExactly(0);
    }

    /** The quick answers are those of the definition, whatever the table. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsUnusualFollowsTheDefinition(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean priced = seed % 2 == 0;
        String[] names = priced ? new String[] {"flag", "price"} : new String[] {"flag", "depth"};
        double density = random.nextDouble(.01, .9);
        Known.Maker maker = maker(names);
        Map<String, TreeMap<Long, float[]>> rows = Map.of("", new TreeMap<>(), "a", new TreeMap<>());
        for (long step = -200; step < 200; step++) {
            for (String key : List.of("", "a")) {
                if (random.nextDouble() < density) {
                    float[] row = {
                        random.nextInt(3) == 0 ? NONE : random.nextInt(3),
                        random.nextInt(4) == 0 ? NONE : random.nextInt(9)
                    };
                    Objects.requireNonNull(rows.get(key)).put(step, row);
                    maker.add(key.isEmpty() ? null : key, step, row);
                }
            }
        }
        Known known = maker.make();
        Known.Line line = known.of("a", 7);
        for (int i = 0; i < 900; i++) {
            long step = random.nextInt(-260, 400);
            double[] x = line.unusual(step);
            for (int c = 0; c < 2; c++) {
                double expected = unusual(rows, step, c, priced && c == 1);
                assertThat(x == null ? 0 : x[c])
                        .as("step %d column %d", step, c)
                        .isEqualTo(expected);
            }
        }
    }

    private static double unusual(Map<String, TreeMap<Long, float[]>> rows, long step, int c, boolean lasts) {
        double now = value(rows, step, c, lasts);
        double[] then = new double[Known.MEMORY];
        for (int k = 0; k < then.length; k++) {
            then[k] = value(rows, step - 7L * (k + 1), c, lasts);
        }
        double[] numbers =
                Arrays.stream(then).filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (numbers.length == 0 || Double.isNaN(now)) {
            return 0;
        }
        double usual = numbers[(numbers.length - 1) / 2];
        return (now - usual) / Math.max(1, Math.abs(usual));
    }

    private static double value(Map<String, TreeMap<Long, float[]>> rows, long step, int c, boolean lasts) {
        for (String key : List.of("a", "")) {
            var upTo = Objects.requireNonNull(rows.get(key)).headMap(step, true).descendingMap();
            for (var row : upTo.entrySet()) {
                if ((lasts || row.getKey() == step) && !Float.isNaN(row.getValue()[c])) {
                    return row.getValue()[c];
                }
            }
        }
        return lasts ? Double.NaN : 0;
    }

    @Test
    void noStepLooksAtLaterRows() {
        Known.Maker one = maker("holiday", "price");
        Known.Maker other = maker("holiday", "price");
        SplittableRandom random = new SplittableRandom(3);
        for (long step = 0; step < 300; step++) {
            float[] row = {random.nextInt(2), random.nextInt(5)};
            one.add(null, step, row);
            other.add(null, step, step <= 150 ? row : new float[] {9, 99});
        }
        Known.Line line = one.make().of("a", 7);
        Known.Line changed = other.make().of("a", 7);
        for (long step = 0; step <= 150; step++) {
            assertThat(changed.unusual(step)).isEqualTo(line.unusual(step));
        }
        assertThat(changed.unusual(151)).isNotEqualTo(line.unusual(151));
    }

    @Test
    void aRowIsGivenOnceAndThereAreOneToEightColumns() {
        Known.Maker maker = maker("holiday");
        assertThat(maker.add("a", 1, new float[] {1})).isTrue();
        assertThat(maker.add("a", 1, new float[] {2})).isFalse();
        assertThat(unusual(maker.make(), "a", 1)).containsExactly(1);
        assertThatThrownBy(() -> new Known.Maker(List.of(), List.of())).hasMessageContaining("1 to 8");
    }
}
