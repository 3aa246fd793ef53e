package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.nn.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The laws of what keys that are kin have of their own. */
class SideRoadsTest {
    private static final Crew CREW = new Crew(2);
    private static final Made.Student STUDENT = Made.student();

    @AfterAll
    static void home() {
        CREW.close();
    }

    /** A history that has a kin. */
    private record Kin(History whole, String kin) implements History {
        @Override
        public int steps() {
            return whole.steps();
        }

        @Override
        public void features(int t, int back, float[] x, int at) {
            whole.features(t, back, x, at);
        }

        @Override
        public float target(int t, int h) {
            return whole.target(t, h);
        }

        @Override
        public long index(int t) {
            return t;
        }
    }

    /** Half of the keys go on in the direction they moved in, half turn back: no one line serves both. */
    private static List<History> unlike(int keys, int steps) {
        Draws draws = new Draws(3);
        List<History> histories = new ArrayList<>();
        for (int k = 0; k < keys; k++) {
            double after = k % 2 == 0 ? .8 : -.8;
            float[] z = new float[steps];
            for (int t = 1; t < steps; t++) {
                z[t] = (float) (after * z[t - 1] + .3 * draws.normal());
            }
            histories.add(new Kin(new Made.Series(z, Integer.MAX_VALUE), k % 2 == 0 ? "go on" : "turn back"));
        }
        return histories;
    }

    private static double squaredError(List<History> histories, float[] w, SortedMap<String, float[]> roads) {
        float[] shared = STUDENT.highway(w);
        double sum = 0;
        int n = 0;
        for (History history : histories) {
            for (int t = Made.SEASON; t + 1 < history.steps(); t++) {
                float[] x = new float[Made.SEASON];
                history.features(t, 0, x, 0);
                float[] own = roads.get(history.kin());
                double said = STUDENT.beside(shared, x)[0] + (own == null ? 0 : STUDENT.beside(own, x)[0]);
                sum += (history.target(t, 1) - said) * (history.target(t, 1) - said);
                n++;
            }
        }
        return sum / n;
    }

    private static float[] start(List<History> histories) {
        return new Trainer(STUDENT, Recipe.standard(), CREW).start(histories);
    }

    @Test
    void kinOfUnlikeNatureEachGetALineOfTheirOwn() {
        List<History> histories = unlike(6, 400);
        float[] w = start(histories);
        SortedMap<String, float[]> roads = new SideRoads(STUDENT, CREW).of(histories, w);
        assertThat(roads).containsOnlyKeys("go on", "turn back");
        // .09 is the noise that nobody can say; one line for both has only what two steps back have in common
        assertThat(squaredError(histories, w, roads)).isLessThan(.1);
        assertThat(squaredError(histories, w, new TreeMap<>())).isGreaterThan(.13);
    }

    @Test
    void aKinWithFewStepsKeepsToTheSharedLine() {
        List<History> histories = new ArrayList<>(unlike(6, 400));
        histories.add(new Kin(histories.get(0).upTo(20), "few"));
        assertThat(new SideRoads(STUDENT, CREW).of(histories, start(histories))).doesNotContainKey("few");
    }

    @Test
    void whereAllKeysAreAlikeThereIsNothingBeside() {
        List<History> histories = new ArrayList<>(Made.keys(4, 300, 5));
        SortedMap<String, float[]> roads = new SideRoads(STUDENT, CREW).of(histories, start(histories));
        assertThat(roads).isEmpty();
        assertThat(SideRoads.beside(histories, roads, STUDENT)).isEqualTo(histories);
    }

    @Test
    void whatTheRoadSaysIsTakenOffTheTargetsAndNothingLaterIsSeen() {
        List<History> histories = unlike(2, 300);
        SortedMap<String, float[]> roads = new SideRoads(STUDENT, CREW).of(histories, start(histories));
        History beside = SideRoads.beside(histories, roads, STUDENT).get(0).upTo(200);
        float[] left = new float[Made.HORIZON];
        float[] x = new float[Made.SEASON];
        beside.targets(197, left);
        beside.features(197, 0, x, 0);
        float[] road = STUDENT.beside(Objects.requireNonNull(roads.get("go on")), x);
        assertThat(left[0]).isEqualTo(histories.get(0).target(197, 1) - road[0]);
        assertThat(left[2]).isNaN();
    }

    @Test
    void onlineTheRoadsAreThoseOfTheStepsThatAreKnown() {
        List<History> histories = unlike(4, 300);
        OnlineHighway whole = new OnlineHighway(STUDENT, 1e-4);
        whole.take(histories.stream().map(h -> h.upTo(150)).toList());
        whole.take(histories.stream().map(h -> h.upTo(250)).toList());
        OnlineHighway atOnce = new OnlineHighway(STUDENT, 1e-4);
        atOnce.take(histories.stream().map(h -> h.upTo(250)).toList());
        float[] w = start(histories);
        float[] v = w.clone();
        assertThat(whole.write(w)).isTrue();
        atOnce.write(v);
        SortedMap<String, float[]> roads = whole.roads(w, CREW);
        assertThat(roads).containsOnlyKeys("go on", "turn back");
        assertThat(squaredError(histories, w, roads)).isLessThan(.12);
    }
}
