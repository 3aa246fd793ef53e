package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.nn.Param;
import dev.tidecast.nn.Ridge;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.ModelSpec;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.series.Grid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HighwayStartTest {
    private static final Recipe RECIPE = Recipe.standard().withCold(1);

    private static float[] start(List<? extends History> keys, Made.Student student) {
        float[] w = new float[student.network().weights()];
        try (Crew crew = new Crew(2)) {
            new HighwayStart(student, RECIPE, List.copyOf(keys), crew).write(w);
        }
        return w;
    }

    @Test
    void itIsTheRidgeOfAllStepsWhoseLagsAndHorizonAreKnown() {
        List<Made.Series> keys = Made.keys(7, 230, 1);
        Ridge oracle = new Ridge(Made.SEASON, Made.HORIZON);
        int rows = 0;
        for (Made.Series key : keys) {
            for (int t = Made.SEASON; t + Made.HORIZON < key.steps(); t++, rows++) {
                oracle.add(features(key, t), targets(key, t));
            }
        }
        Made.Student student = Made.student();
        float[] expected = new float[student.network().weights()];
        student.startHighway(expected, oracle.solve(RECIPE.weights().penalty() * rows));
        assertThat(start(keys, student)).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
    }

    @Test
    void whereWholeHorizonsAreRareEachHorizonHasItsOwn() {
        List<Gappy> keys =
                Made.keys(4, 400, 2).stream().map(key -> new Gappy(key, 3)).toList();
        Ridge oracle = new Ridge(Made.SEASON, 1);
        int rows = 0;
        for (Gappy key : keys) {
            for (int t = 0; t + 1 < key.steps(); t++) {
                if (!Float.isNaN(key.target(t, 1))) {
                    oracle.add(features(key, t), new float[] {key.target(t, 1)});
                    rows++;
                }
            }
        }
        float[] one = oracle.solve(Math.max(1, RECIPE.weights().penalty() * rows));
        Made.Student student = Made.student();
        float[] ridge = new float[(Made.SEASON + 1) * Made.HORIZON];
        for (int i = 0; i <= Made.SEASON; i++) {
            ridge[i * Made.HORIZON] = one[i];
        }
        float[] expected = new float[student.network().weights()];
        student.startHighway(expected, ridge);
        float[] found = start(keys, student);
        for (int i = 0; i < found.length; i++) {
            if (expected[i] != 0) {
                assertThat(found[i]).isCloseTo(expected[i], within(1e-4f));
            }
        }
    }

    @Test
    void whereStepsAreFewTheYoungOnesCountToo() {
        List<Made.Series> keys = Made.keys(2, 20, 3);
        Ridge oracle = new Ridge(Made.SEASON, Made.HORIZON);
        for (Made.Series key : keys) {
            for (int t = 0; t + Made.HORIZON < key.steps(); t++) {
                oracle.add(features(key, t), targets(key, t));
            }
        }
        Made.Student student = Made.student();
        float[] expected = new float[student.network().weights()];
        student.startHighway(expected, oracle.solve(1));
        assertThat(start(keys, student)).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
    }

    /** The cell comes in only as it learns: what it adds to the medians, and does to the widths, begins at nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"lstm", "gru"})
    void beforeItLearnsANetworkSaysWhatItsHighwaySays(String cell) {
        Pipeline demand = PipelineReader.read(Path.of("topology/demand.yaml"));
        ModelSpec model = Objects.requireNonNull(demand.model());
        Forecaster forecaster = Forecasters.of(demand.withModel(model.withCell(cell, List.of(8))));
        try (Crew crew = new Crew(2)) {
            List<History> keys = TrackHistory.of(forecaster, Synthesis.of(forecaster.settings(), 6, 1), crew);
            NetLearner learner = NetLearner.of(forecaster, keys);
            float[] w = new Trainer(learner, RECIPE, crew).start(keys);
            assertThat(learner.highway(w)).isNotEqualTo(learner.highway(new float[w.length]));
            for (History key : keys) {
                saysWhatItsHighwaySays(learner, w, key);
            }
            float[][] before = TrainerTest.run(learner, w, keys.get(0));
            for (Param head : learner.network().params()) {
                if (head.name().equals("offsets.w0")) {
                    Arrays.fill(w, head.offset(), head.offset() + head.size(), .1f);
                }
            }
            assertThat(TrainerTest.run(learner, w, keys.get(0))[30])
                    .as("the cell is there")
                    .isNotEqualTo(before[30]);
        }
    }

    private static void saysWhatItsHighwaySays(NetLearner learner, float[] w, History key) {
        float[][] said = TrainerTest.run(learner, w, key);
        float[] road = learner.highway(w);
        float[] x = new float[learner.network().inputs()];
        for (int t = 0; t < key.steps(); t++) {
            key.features(t, 0, x, 0);
            float[] medians = learner.beside(road, x);
            for (int h = 1; h <= learner.horizon(); h++) {
                int at = (h - 1) * Grid.SIZE + Grid.MEDIAN;
                assertThat(said[t][at]).isCloseTo(medians[h - 1], within(1e-5f));
                assertThat(said[t][at + 1] - said[t][at]).isCloseTo(.33f, within(.01f));
            }
        }
    }

    /** Every few labels are missing. */
    private record Gappy(Made.Series whole, int every) implements History {
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
            return (t + h) % every == 0 ? Float.NaN : whole.target(t, h);
        }

        @Override
        public long index(int t) {
            return t;
        }
    }

    private static float[] features(History key, int t) {
        float[] x = new float[Made.SEASON];
        key.features(t, 0, x, 0);
        return x;
    }

    private static float[] targets(History key, int t) {
        float[] y = new float[Made.HORIZON];
        for (int h = 1; h <= y.length; h++) {
            y[h - 1] = key.target(t, h);
        }
        return y;
    }
}
