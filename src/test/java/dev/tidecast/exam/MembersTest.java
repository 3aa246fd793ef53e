package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Table;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.History;
import dev.tidecast.learn.Members;
import dev.tidecast.learn.NetLearner;
import dev.tidecast.learn.Recipe;
import dev.tidecast.learn.TrackHistory;
import dev.tidecast.learn.Trained;
import dev.tidecast.learn.Trainer;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several networks of one pipeline, trained by one recipe. */
class MembersTest {
    private static final Recipe RECIPE = Recipe.standard().withPasses(2).withLeast(4);

    private static Forecaster forecaster(int members) {
        return Made.forecaster(Made.pipeline(String.join(
                "\n",
                "bucket: {size: P1D, aggregate: sum}",
                "season: 7",
                "target: {kind: count}",
                "horizon: 4",
                "model: {cell: lstm, units: [4], lags: [7], members: " + members + "}")));
    }

    private static List<History> histories(Forecaster forecaster, Crew crew) {
        Table table = Made.table(Made.weekly(1, 120), Made.weekly(2, 120));
        return TrackHistory.of(forecaster, new TreeMap<>(table.before(table.length())), crew);
    }

    private static Trained train(int members, Crew crew) {
        Forecaster forecaster = forecaster(members);
        return Members.train(forecaster, RECIPE, crew, histories(forecaster, crew), pass -> {});
    }

    @Test
    void whereHistoriesAreShortForTheirLagsAThirdOfAUsualOneIsGrown() {
        Forecaster forecaster = forecaster(1);
        try (Crew crew = new Crew(1)) {
            Table few = Made.table(Made.weekly(1, 15), Made.weekly(2, 15), Made.weekly(3, 15));
            List<History> shorts = TrackHistory.of(forecaster, new TreeMap<>(few.before(few.length())), crew);
            assertThat(NetLearner.of(forecaster, shorts).longestLag()).isEqualTo(5);
            assertThat(NetLearner.of(forecaster, histories(forecaster, crew)).longestLag())
                    .isEqualTo(7);
        }
    }

    @Test
    void oneMemberIsWhatTheTrainerMakes() {
        Forecaster forecaster = forecaster(1);
        try (Crew crew = new Crew(1)) {
            Trainer trainer = new Trainer(NetLearner.of(forecaster), RECIPE, crew);
            Trained alone = trainer.train(histories(forecaster, crew), pass -> {});
            assertThat(train(1, crew).weights()).isEqualTo(alone.weights());
        }
    }

    @Test
    void eachMemberIsTrainedFromASeedOfItsOwnAndTheFirstAsIfAlone() {
        Forecaster forecaster = forecaster(3);
        NetLearner learner = NetLearner.of(forecaster);
        try (Crew crew = new Crew(2)) {
            Trained all = train(3, crew);
            for (int k = 0; k < 3; k++) {
                Recipe own = RECIPE.withSeed(Members.seed(RECIPE.seed(), k));
                Trained alone = new Trainer(learner, own, crew).train(histories(forecaster, crew), pass -> {});
                assertThat(learner.net().member(k, all.weights())).isEqualTo(alone.weights());
            }
            assertThat(learner.net().member(0, all.weights()))
                    .isEqualTo(train(1, crew).weights())
                    .isNotEqualTo(learner.net().member(1, all.weights()));
            assertThat(all.course()).hasSize(3 * 2);
        }
    }
}
