package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A network of prices has seen made ones before it sees those it is for; no other has. */
class PrimerTest {
    private static final Recipe RECIPE =
            Recipe.standard().withPasses(2).withLeast(1).withMade(6).withSeed(3);
    private static final Forecaster PRICES = forecaster("price", "1");
    private static final Forecaster SALES = forecaster("count", "7");

    private static Forecaster forecaster(String kind, String season) {
        String yaml = String.join(
                "\n",
                "pipeline: made",
                "sources:",
                "  all: {topic: all, key: record, value: /v}",
                "bucket: {size: P1D, aggregate: last}",
                "season: " + season,
                "target: {kind: " + kind + "}",
                "horizon: 3",
                "model: {cell: lstm, units: [4]}",
                "");
        Pipeline pipeline =
                PipelineReader.read("made.yaml", yaml.getBytes(StandardCharsets.UTF_8), name -> null, Path.of("."));
        return Forecasters.forCloses(pipeline);
    }

    private static List<History> histories(Forecaster forecaster, Crew crew) {
        return TrackHistory.of(forecaster, Synthesis.of(forecaster.settings(), 3, 11), crew);
    }

    private static Trained train(Forecaster forecaster, Recipe recipe, int threads, List<Progress> heard) {
        try (Crew crew = new Crew(threads)) {
            return Members.train(forecaster, recipe, crew, histories(forecaster, crew), heard::add);
        }
    }

    private static float[] weights(Forecaster forecaster, Recipe recipe, int threads) {
        return train(forecaster, recipe, threads, new ArrayList<>()).weights();
    }

    @Test
    void whatAMarketLearnsAfterMadeOnesIsNotWhatItLearnsAlone() {
        assertThat(weights(PRICES, RECIPE, 1)).isNotEqualTo(weights(PRICES, RECIPE.withMade(0), 1));
        assertThat(weights(PRICES, RECIPE, 1)).isNotEqualTo(weights(PRICES, RECIPE.withMade(7), 1));
    }

    @Test
    void theSameSeedGivesTheSameWeightsOnAnyNumberOfThreads() {
        assertThat(weights(PRICES, RECIPE, 3)).isEqualTo(weights(PRICES, RECIPE, 1));
    }

    @Test
    void salesLearnFromThemselvesAlone() {
        assertThat(Synthesis.knows(SALES.settings())).isTrue();
        assertThat(weights(SALES, RECIPE, 1)).isEqualTo(weights(SALES, RECIPE.withMade(0), 1));
    }

    @Test
    void theHighwayIsThatOfTheRealHistories() {
        try (Crew crew = new Crew(1)) {
            List<History> own = histories(PRICES, crew);
            NetLearner learner = NetLearner.of(PRICES, own);
            float[] made = Objects.requireNonNull(Primer.weights(PRICES, learner, RECIPE, crew, pass -> {}));
            // No update at all: what is left is where training starts.
            Recipe still = RECIPE.withRate(1e-30).withValidate(false);
            float[] after = new Trainer(learner, still, crew)
                    .train(made, own, pass -> {})
                    .weights();
            float[] alone =
                    new Trainer(learner, still, crew).train(own, pass -> {}).weights();
            assertThat(road(learner, after)).isEqualTo(road(learner, alone));
            assertThat(road(learner, made)).isNotEqualTo(road(learner, alone));
            assertThat(after).isNotEqualTo(alone);
        }
    }

    private static List<Float> road(NetLearner learner, float[] weights) {
        List<Float> road = new ArrayList<>();
        learner.highway().forEach(param -> {
            for (int i = 0; i < param.size(); i++) {
                road.add(weights[param.offset() + i]);
            }
        });
        return road;
    }

    @Test
    void passesOverMadePricesAreTheFirstOfTwoTrainings() {
        List<Progress> heard = new ArrayList<>();
        Trained trained = train(PRICES, RECIPE, 1, heard);
        assertThat(heard).extracting(Progress::training).containsExactly(1, 1, 2, 2);
        assertThat(heard).extracting(Progress::share).containsExactly(.25, .5, .75, 1.);
        assertThat(trained.course()).hasSize(2);
    }
}
