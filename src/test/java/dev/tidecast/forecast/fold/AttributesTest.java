package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The laws of keys that are told apart by their attributes. */
class AttributesTest {
    private static final long DAY = 86_400_000;
    private static final Kinship BY_STORE = Kinship.of(List.of("store"));

    private static List<Observation> history(String key, double wildness, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> history = new ArrayList<>();
        for (int t = 0; t < 60; t++) {
            double value = Math.rint(50 * (1 + wildness * random.nextDouble(-1, 1)));
            history.add(new Observation(key, t * DAY, value, t * DAY, new Source("sales", 0, t, t * DAY)));
        }
        return history;
    }

    private static double firstWidth(Forecaster forecaster, Model model, String key) {
        Shop shop = new Shop(forecaster, model);
        shop.see(key, 0, 50);
        Forecast first = shop.forecasts.get(0);
        return first.quantile(1, 2) - first.quantile(1, 0);
    }

    @Test
    void aNewKeyBeginsAsWideAsItsKinAre() {
        Forecaster forecaster = new Forecaster(Shop.days(TargetKind.COUNT).withKinship(BY_STORE));
        List<List<Observation>> histories = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            histories.add(history("store=calm/sku=" + k, .1, k));
            histories.add(history("store=wild/sku=" + k, .9, k));
        }
        Model model = new Rehearsal(forecaster).pooled(forecaster.firstModel(), histories);
        assertThat(model.kin()).containsOnlyKeys("store=calm", "store=wild");
        double calm = firstWidth(forecaster, model, "store=calm/sku=new");
        double wild = firstWidth(forecaster, model, "store=wild/sku=new");
        double stranger = firstWidth(forecaster, model, "store=other/sku=new");
        assertThat(wild).isGreaterThan(3 * calm);
        assertThat(stranger).isStrictlyBetween(calm, wild * 1.2);
    }

    @Test
    void aRoadMovesTheForecastsOfItsKinAndOfNobodyElse() {
        Settings settings = Nets.with(Shop.days(TargetKind.NONNEG, 7, 0, Emit.EVENT), Nets.of("lstm", 14));
        Forecaster forecaster = new Forecaster(settings.withKinship(BY_STORE));
        Model plain = Nets.model(forecaster, 3);
        ForecastNet net = Objects.requireNonNull(forecaster.net());
        float[] road = new float[(net.inputs() + 1) * net.horizon()];
        Arrays.fill(road, net.inputs() * net.horizon(), road.length, 1f);
        TreeMap<String, float[]> roads = new TreeMap<>();
        roads.put("store=a", road);
        float[] weights = Objects.requireNonNull(plain.network()).flat();
        Model model = ModelBytes.learnt(forecaster.modelShape(), plain, weights, roads);
        assertThat(medians(forecaster, model, "store=b/sku=1")).isEqualTo(medians(forecaster, plain, "store=b/sku=1"));
        double[] with = medians(forecaster, model, "store=a/sku=1");
        double[] without = medians(forecaster, plain, "store=a/sku=1");
        for (int i = 0; i < with.length; i++) {
            assertThat(with[i]).isGreaterThan(without[i]);
        }
    }

    private static double[] medians(Forecaster forecaster, Model model, String key) {
        Shop shop = new Shop(forecaster, model);
        for (Observation o : history(key, .5, 11)) {
            shop.see(key, o.time(), o.value());
        }
        Forecast last = shop.forecasts.get(shop.forecasts.size() - 1);
        // The first step is the bucket that is open: what it holds already says more than any road.
        double[] medians = new double[6];
        for (int h = 2; h <= 7; h++) {
            medians[h - 2] = last.quantile(h, 1);
        }
        return medians;
    }
}
