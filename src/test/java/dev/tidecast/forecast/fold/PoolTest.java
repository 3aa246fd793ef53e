package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where new keys begin once others have been known. */
class PoolTest {
    private static final Source SOURCE = new Source("t", 0, 0, 0);

    /** A walk whose next step is its last, or a week that repeats around one level. */
    private static List<Observation> history(String key, boolean walk, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> history = new ArrayList<>();
        double at = 500;
        for (int day = 0; day < 60; day++) {
            at += walk ? 20 * random.nextGaussian() : 0;
            double y = walk ? at : 500 + 150 * StrictMath.sin(day % 7) + 5 * random.nextGaussian();
            history.add(new Observation(key, Shop.NEW_YEAR + day * Shop.DAY, y, 0, SOURCE));
        }
        return history;
    }

    private static Model pooled(Forecaster forecaster, boolean walk) {
        List<List<Observation>> histories = new ArrayList<>();
        for (int k = 0; k < 8; k++) {
            histories.add(history("k" + k, walk, k));
        }
        return new Rehearsal(forecaster).pooled(forecaster.firstModel(), histories);
    }

    /** How far persistence is trusted, against the seasonal naive, on a new key's ninth day. */
    private static double trust(Forecaster forecaster, Model model) {
        Shop shop = new Shop(forecaster, model);
        for (Observation o : history("new", true, 99).subList(0, 9)) {
            shop.see("new", o.time(), o.value());
        }
        double[] weights = shop.forecasts.get(shop.forecasts.size() - 1).mix().weights();
        return weights[Expert.PERSISTENCE.ordinal()] / weights[Expert.SEASONAL_NAIVE.ordinal()];
    }

    @Test
    void aNewKeyHearsThoseExpertsThatDidWellForTheOthers() {
        Forecaster forecaster = new Forecaster(Shop.days(TargetKind.NONNEG));
        double walks = trust(forecaster, pooled(forecaster, true));
        double weeks = trust(forecaster, pooled(forecaster, false));
        double nobody = trust(forecaster, forecaster.firstModel());
        assertThat(walks).isGreaterThan(2 * nobody);
        assertThat(weeks).isLessThan(nobody / 2);
    }

    @Test
    void fewKeysSayNothingOfTheNext() {
        Forecaster forecaster = new Forecaster(Shop.days(TargetKind.NONNEG));
        Model first = forecaster.firstModel();
        Model model = new Rehearsal(forecaster).pooled(first, List.of(history("a", true, 1), history("b", true, 2)));
        for (int i = 0; i < Prior.SQUARINGS; i++) {
            assertThat(model.prior()[i]).isEqualTo(first.prior()[i]);
        }
    }
}
