package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OnlineTrainerTest {
    private static final OnlineRecipe RECIPE = OnlineRecipe.standard().withWindow(24, 6, 60);
    private static final Made.Student STUDENT = Made.student();
    private static final float[] FIRST = STUDENT.network().initialise(4);

    private static List<History> now(List<Made.Series> keys, int steps) {
        return keys.stream().map(key -> key.upTo(steps)).toList();
    }

    @Test
    void goingOnIsTheSameAsNeverHavingStopped() {
        List<Made.Series> keys = Made.keys(3, 200, 1);
        TrainerState whole;
        try (Crew crew = new Crew(2)) {
            OnlineTrainer trainer = new OnlineTrainer(STUDENT, RECIPE, crew);
            whole = trainer.learn(TrainerState.of(FIRST), now(keys, 150), 12);
        }
        TrainerState halves;
        try (Crew crew = new Crew(1)) {
            TrainerState half =
                    new OnlineTrainer(STUDENT, RECIPE, crew).learn(TrainerState.of(FIRST), now(keys, 150), 5);
            halves = new OnlineTrainer(STUDENT, RECIPE, crew).learn(half, now(keys, 150), 7);
        }
        assertThat(halves).usingRecursiveComparison().isEqualTo(whole);
        assertThat(whole.updates()).isEqualTo(12);
        assertThat(whole.weights()).isNotEqualTo(FIRST);
    }

    @Test
    void aStateThatIsLearntFromIsNotChanged() {
        List<Made.Series> keys = Made.keys(2, 100, 2);
        TrainerState state = TrainerState.of(FIRST);
        try (Crew crew = new Crew(1)) {
            OnlineTrainer trainer = new OnlineTrainer(STUDENT, RECIPE, crew);
            TrainerState next = trainer.learn(state, now(keys, 90), 2);
            assertThat(state).usingRecursiveComparison().isEqualTo(TrainerState.of(FIRST));
            assertThat(trainer.learn(state, now(keys, 90), 2))
                    .usingRecursiveComparison()
                    .isEqualTo(next);
        }
    }

    @Test
    void whatHasNotHappenedYetChangesNoBit() {
        List<Made.Series> keys = Made.keys(3, 200, 3);
        List<Made.Series> other = keys.stream().map(key -> key.perturbed(120)).toList();
        try (Crew crew = new Crew(2)) {
            OnlineTrainer trainer = new OnlineTrainer(STUDENT, RECIPE, crew);
            TrainerState one = trainer.learn(TrainerState.of(FIRST), now(keys, 120), 20);
            assertThat(trainer.learn(TrainerState.of(FIRST), now(other, 120), 20)
                            .weights())
                    .isEqualTo(one.weights());
            assertThat(trainer.learn(TrainerState.of(FIRST), now(other, 140), 20)
                            .weights())
                    .isNotEqualTo(one.weights());
        }
    }

    @Test
    void aHistoryKnowsNoLabelOfABucketThatIsStillOpen() {
        History now = Made.keys(1, 50, 5).get(0).before(30);
        assertThat(now.steps()).isEqualTo(30);
        assertThat(now.target(28, 1)).isNotNaN();
        assertThat(now.target(29, 1)).isNaN();
        assertThat(now.before(-3).steps()).isZero();
        assertThat(now.before(99).steps()).isEqualTo(30);
    }

    @Test
    void itFollowsAWorldThatHasChanged() {
        List<Made.Series> before = Made.keys(6, 300, 4);
        try (Crew crew = new Crew(2)) {
            Recipe offline = Recipe.standard()
                    .withPasses(3)
                    .withLeast(120)
                    .withWindow(24)
                    .withLanes(8, 4);
            float[] frozen =
                    new Trainer(STUDENT, offline, crew).train(before, p -> {}).weights();
            List<Made.Series> after =
                    before.stream().map(key -> turned(key, 150)).toList();
            TrainerState state = TrainerState.of(frozen);
            OnlineTrainer trainer = new OnlineTrainer(STUDENT, RECIPE.withRate(3e-3), crew);
            for (int now = 170; now < 250; now += 2) {
                state = trainer.learn(state, now(after, now), 3);
            }
            assertThat(error(state.weights(), after)).isLessThan(.9 * error(frozen, after));
        }
    }

    /** From a step on, every second value has the other sign. */
    private static Made.Series turned(Made.Series key, int from) {
        float[] z = key.z().clone();
        for (int t = from; t < z.length; t++) {
            z[t] = t % 2 == 0 ? z[t] : -z[t];
        }
        return new Made.Series(z, Integer.MAX_VALUE);
    }

    private static double error(float[] w, List<Made.Series> keys) {
        double sum = 0;
        for (Made.Series key : keys) {
            float[][] outputs = TrainerTest.run(STUDENT, w, key);
            for (int t = 250; t + Made.HORIZON < key.steps(); t++) {
                for (int h = 1; h <= Made.HORIZON; h++) {
                    sum += Math.abs(key.target(t, h) - outputs[t][(h - 1) * 9 + 4]);
                }
            }
        }
        return sum;
    }
}
