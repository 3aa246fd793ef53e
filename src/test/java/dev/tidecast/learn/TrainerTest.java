package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import dev.tidecast.series.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Recipe RECIPE = Recipe.standard()
            .withRate(1e-2)
            .withPasses(6)
            .withLeast(600)
            .withWindow(24)
            .withLanes(8, 4);

    private static Trained train(Learner learner, Recipe recipe, int threads, List<? extends History> keys) {
        try (Crew crew = new Crew(threads)) {
            return new Trainer(learner, recipe, crew).train(keys, progress -> {});
        }
    }

    @Test
    void theSameSeedGivesTheSameBytesWhateverTheNumberOfThreads() {
        Recipe recipe = RECIPE.withPasses(2).withLeast(20);
        List<Made.Series> keys = Made.keys(6, 150, 1);
        Trained one = train(Made.student(), recipe, 1, keys);
        assertThat(same(train(Made.student(), recipe, 2, keys), one)).isTrue();
        assertThat(train(Made.student(), recipe, 3, keys).course()).isEqualTo(one.course());
        assertThat(same(train(Made.student(), recipe.withSeed(2), 1, keys), one))
                .isFalse();
    }

    @Test
    void whatIsHeldBackChangesNoWeight() {
        List<Made.Series> keys = Made.keys(4, 120, 2);
        List<Made.Series> other = new ArrayList<>();
        List<History> cut = new ArrayList<>();
        for (Made.Series key : keys) {
            int from = key.steps() - Validation.held(keys, Made.student())[keys.indexOf(key)];
            assertThat(key.steps() - from).isBetween(Made.HORIZON, key.steps() / 8);
            other.add(key.perturbed(from));
            cut.add(key.upTo(from));
        }
        Recipe recipe = RECIPE.withPasses(3).withLeast(90);
        Recipe all = recipe.withValidate(false);
        Trained held = train(Made.student(), recipe, 2, keys);
        assertThat(held.chosen()).as("nothing was left to choose").isEqualTo(3);
        assertThat(same(train(Made.student(), all, 2, cut), held)).isTrue();
        assertThat(same(train(Made.student(), all, 2, keys), held)).isFalse();
        Trained perturbed = train(Made.student(), recipe, 2, other);
        assertThat(losses(perturbed)).as("it may choose otherwise, not learn").isEqualTo(losses(held));
        assertThat(perturbed.validation()).isNotEqualTo(held.validation());
    }

    @Test
    void ofManyShortHistoriesTheLastHorizonOfEveryEighthIsHeldBack() {
        List<Made.Series> keys = Made.keys(70, 30, 8);
        List<History> cut = new ArrayList<>();
        int spared = 0;
        for (int k = 0; k < keys.size(); k++) {
            int held = Validation.held(keys, Made.student())[k];
            assertThat(held).isEqualTo(k % 8 == 0 ? Made.HORIZON : 0);
            spared += held == 0 ? 1 : 0;
            cut.add(keys.get(k).upTo(keys.get(k).steps() - held));
        }
        assertThat(spared).isEqualTo(61);
        assertThat(Validation.held(Made.keys(70, 80, 8), Made.student())[3]).isEqualTo(Made.HORIZON);
        assertThat(Validation.held(Made.keys(20, 30, 8), Made.student())[3]).isEqualTo(Made.HORIZON);
        Recipe recipe = RECIPE.withPasses(2).withLeast(30);
        Trained held = train(Made.student(), recipe, 2, keys);
        Trained all = train(Made.student(), recipe.withValidate(false), 2, cut);
        assertThat(held.chosen()).as("nothing was left to choose").isEqualTo(2);
        assertThat(same(all, held)).isTrue();
        assertThat(held.validation()).isFinite();
    }

    private static List<Double> losses(Trained trained) {
        return trained.course().stream().map(Progress::loss).toList();
    }

    @Test
    void itLearnsASeasonClearlyBetterThanRepeatingIt() {
        Trained trained = train(Made.student(), RECIPE, 2, Made.keys(12, 300, 3));
        List<Made.Series> fresh = Made.keys(6, 200, 4);
        assertThat(error(Made.student(), trained.weights(), fresh)).isLessThan(.85 * naive(fresh));
        assertThat(trained.validation()).isLessThan(trained.start());
        assertThat(trained.course()).hasSize(6).allMatch(pass -> pass.refused() == 0);
    }

    @Test
    void itsQuantilesCoverWhatTheySay() {
        Trained trained = train(Made.student(), RECIPE, 2, Made.keys(12, 300, 3));
        double[] below = new double[Grid.SIZE];
        int count = 0;
        for (Made.Series key : Made.keys(12, 300, 5)) {
            float[][] outputs = run(Made.student(), trained.weights(), key);
            for (int t = Made.SEASON; t + Made.HORIZON < key.steps(); t++) {
                for (int k = 0; k < Made.HORIZON * Grid.SIZE; k++) {
                    below[k % Grid.SIZE] += key.target(t, 1 + k / Grid.SIZE) < outputs[t][k] ? 1 : 0;
                }
                count += Made.HORIZON;
            }
        }
        for (int i = 0; i < Grid.SIZE; i++) {
            assertThat(below[i] / count).as("level %s", Grid.level(i)).isCloseTo(Grid.level(i), within(.04));
        }
    }

    @Test
    void aGradientThatIsNotFiniteIsRefusedAndCounted() {
        List<Made.Series> keys = new ArrayList<>(Made.keys(5, 150, 6));
        keys.add(new Made.Series(keys.get(0).z(), 100));
        Trained trained = train(Made.student(), RECIPE.withPasses(3).withLeast(60), 2, keys);
        Progress last = trained.course().get(trained.course().size() - 1);
        assertThat(last.refused()).isBetween(1L, 40L);
        for (float weight : trained.weights()) {
            assertThat(weight).isFinite();
        }
    }

    @Test
    void aNetworkThatReadsItsWindowAgainLearnsToo() {
        List<Made.Series> keys = Made.keys(6, 150, 7);
        Trained trained = train(Made.windowed(), RECIPE.withWindow(12).withRate(1e-2), 2, keys);
        assertThat(trained.validation()).isLessThan(.7 * trained.start());
        assertThat(same(train(Made.windowed(), RECIPE.withWindow(12).withRate(1e-2), 1, keys), trained))
                .isTrue();
    }

    @Test
    void nothingToLearnFromLeavesTheStart() {
        Trained trained = train(Made.student(), RECIPE, 1, List.of());
        assertThat(trained.course()).isEmpty();
        assertThat(trained.chosen()).isZero();
        assertThat(trained.validation()).isNaN();
    }

    private static boolean same(Trained one, Trained other) {
        return Arrays.equals(one.weights(), other.weights());
    }

    private static double error(Learner learner, float[] w, List<Made.Series> keys) {
        double sum = 0;
        for (Made.Series key : keys) {
            float[][] outputs = run(learner, w, key);
            for (int t = 2 * Made.SEASON; t + Made.HORIZON < key.steps(); t++) {
                for (int h = 1; h <= Made.HORIZON; h++) {
                    sum += Math.abs(key.target(t, h) - outputs[t][(h - 1) * Grid.SIZE + Grid.MEDIAN]);
                }
            }
        }
        return sum;
    }

    private static double naive(List<Made.Series> keys) {
        double sum = 0;
        for (Made.Series key : keys) {
            for (int t = 2 * Made.SEASON; t + Made.HORIZON < key.steps(); t++) {
                for (int h = 1; h <= Made.HORIZON; h++) {
                    sum += Math.abs(key.target(t, h) - key.z()[t + h - Made.SEASON]);
                }
            }
        }
        return sum;
    }

    /** The outputs after every step, the state carried from the first one on. */
    static float[][] run(Learner learner, float[] w, History key) {
        Network network = learner.network();
        Weights weights = network.pack(w);
        Tape tape = network.newTape(1, key.steps());
        for (int t = 0; t < key.steps(); t++) {
            key.features(t, 0, tape.input(t + 1), 0);
        }
        network.forward(weights, tape);
        float[][] outputs = new float[key.steps()][];
        for (int t = 0; t < outputs.length; t++) {
            outputs[t] = tape.output(t + 1).clone();
        }
        return outputs;
    }
}
