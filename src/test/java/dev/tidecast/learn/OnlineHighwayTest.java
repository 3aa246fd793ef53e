package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OnlineHighwayTest {
    private static final Made.Student STUDENT = Made.student();
    private static final double PENALTY = Recipe.standard().weights().penalty();

    private static List<History> now(List<Made.Series> keys, int steps) {
        return keys.stream().map(key -> key.upTo(steps)).toList();
    }

    private static float[] taken(List<Made.Series> keys, int... nows) {
        OnlineHighway highway = new OnlineHighway(STUDENT, PENALTY);
        for (int now : nows) {
            highway.take(now(keys, now));
        }
        float[] w = new float[STUDENT.network().weights()];
        assertThat(highway.write(w)).isTrue();
        return w;
    }

    @Test
    void itIsTheRidgeThatTrainingWouldStartFrom() {
        List<Made.Series> keys = Made.keys(7, 230, 1);
        float[] start = new float[STUDENT.network().weights()];
        try (Crew crew = new Crew(1)) {
            new HighwayStart(STUDENT, Recipe.standard().withCold(1), now(keys, 200), crew).write(start);
        }
        assertThat(taken(keys, 60, 61, 130, 200))
                .usingComparatorWithPrecision(1e-4f)
                .containsExactly(start);
    }

    @Test
    void everyStepIsTakenInOnce() {
        List<Made.Series> keys = Made.keys(5, 230, 2);
        assertThat(taken(keys, 90, 90, 200, 200)).isEqualTo(taken(keys, 90, 200));
    }

    @Test
    void whatHasNotHappenedYetChangesNoBit() {
        List<Made.Series> keys = Made.keys(5, 230, 3);
        List<Made.Series> other = keys.stream().map(key -> key.perturbed(150)).toList();
        assertThat(taken(other, 100, 150)).isEqualTo(taken(keys, 100, 150));
        assertThat(taken(other, 100, 160)).isNotEqualTo(taken(keys, 100, 160));
    }

    @Test
    void fewRowsSolveNothing() {
        OnlineHighway highway = new OnlineHighway(STUDENT, PENALTY);
        highway.take(now(Made.keys(1, 230, 4), Made.SEASON + Made.HORIZON + 4));
        assertThat(highway.write(new float[STUDENT.network().weights()])).isFalse();
    }
}
