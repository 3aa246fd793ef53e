package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.ModelException;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.series.Observation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of several networks that answer together. */
class MembersTest {
    private static final int EVENTS = 300;
    private static final List<Observation> STREAM = Shop.stream(4, EVENTS, 3, 2);

    static Stream<String> cells() {
        return Cells.names().stream();
    }

    private static Forecaster forecaster(String cell, int members) {
        NetSpec one = Nets.of(cell);
        NetSpec.Form form = new NetSpec.Form(true, true, members, true);
        NetSpec several = new NetSpec(one.cell(), one.text(), one.reading(), form);
        return new Forecaster(Nets.with(Shop.days(TargetKind.COUNT, 12, DAY / 4, Emit.EVENT), several));
    }

    private static ForecastNet net(Forecaster forecaster) {
        return Objects.requireNonNull(forecaster.net());
    }

    private static Model model(Forecaster forecaster, float[] weights) {
        return new Model(
                "v5", forecaster.firstModel().prior(), net(forecaster).network().pack(weights));
    }

    private static float[] drawn(Forecaster forecaster, long seed) {
        return Objects.requireNonNull(Nets.model(forecaster, seed).network()).flat();
    }

    private static Shop run(Forecaster forecaster, Model model) {
        Shop shop = new Shop(forecaster, model);
        STREAM.forEach(shop::see);
        return shop;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void membersOfEqualWeightsSayWhatOneOfThemSays(String cell) {
        Forecaster alone = forecaster(cell, 1);
        float[] w = drawn(alone, 5);
        List<String> words = run(alone, model(alone, w)).words;
        for (int members : new int[] {2, 3, 5}) {
            Forecaster several = forecaster(cell, members);
            Model model = model(several, net(several).together(Collections.nCopies(members, w)));
            assertThat(run(several, model).words).isEqualTo(words);
        }
    }

    @Test
    void quantilesOfDifferentMembersNeverCross() {
        Forecaster several = forecaster("lstm", 3);
        Shop shop = run(several, Nets.model(several, 7));
        for (Forecast f : shop.forecasts) {
            for (int h = 1; h <= f.horizon(); h++) {
                assertThat(f.quantile(h, 0)).isLessThanOrEqualTo(f.quantile(h, 1));
                assertThat(f.quantile(h, 1)).isLessThanOrEqualTo(f.quantile(h, 2));
            }
        }
        assertThat(shop.words).isNotEqualTo(run(several, Nets.model(several, 8)).words);
    }

    @Test
    void aMemberIsAPartOfTheWeightsOfAll() {
        Forecaster several = forecaster("gru", 3);
        List<float[]> each = Stream.of(1L, 2L, 3L)
                .map(seed -> net(several).member().initialise(seed))
                .toList();
        float[] all = net(several).together(each);
        for (int k = 0; k < 3; k++) {
            assertThat(net(several).member(k, all)).isEqualTo(each.get(k));
        }
        assertThatThrownBy(() -> net(several).together(each.subList(0, 2))).hasMessageContaining("2 members, not 3");
    }

    @Test
    void severalMembersResumeWhereTheyWere() {
        Forecaster several = forecaster("lstm", 2);
        Shop whole = run(several, Nets.model(several, 5));
        Shop resumed = new Shop(several, Nets.model(several, 5));
        STREAM.forEach(o -> {
            resumed.restart();
            resumed.see(o);
        });
        assertThat(resumed.words).isEqualTo(whole.words);
    }

    @Test
    void aKeyKeepsAStatePerMember() {
        int one = Objects.requireNonNull(forecaster("lstm", 1).keptBytes().get("network"));
        assertThat(forecaster("lstm", 3).keptBytes()).containsEntry("network", 3 * one);
    }

    @Test
    void aModelOfSeveralMembersComesBackAsItWasAndDamageIsNoticed() {
        Forecaster several = forecaster("gru", 2);
        float[] weights = drawn(several, 3);
        byte[] bytes = ModelBytes.of(several.modelShape(), several.firstModel().prior(), weights);
        assertThat(Objects.requireNonNull(
                                ModelBytes.read(several.modelShape(), bytes).network())
                        .flat())
                .isEqualTo(weights);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = random.nextBoolean() ? bytes.clone() : Arrays.copyOf(bytes, random.nextInt(bytes.length));
            if (damaged.length == bytes.length) {
                damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThatThrownBy(() -> ModelBytes.read(several.modelShape(), damaged))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void aModelOfOtherMembersIsRefusedClearly() {
        Forecaster several = forecaster("gru", 2);
        byte[] bytes = ModelBytes.of(several.modelShape(), several.firstModel().prior(), drawn(several, 3));
        assertThatThrownBy(() -> ModelBytes.read(forecaster("gru", 1).modelShape(), bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("members 2, the pipeline has members 1");
    }

    @Test
    void thereAreOneToFive() {
        assertThatThrownBy(() -> new NetSpec.Form(true, true, 6, true)).hasMessage("members are 1 to 5, not 6");
        assertThatThrownBy(() -> new NetSpec.Form(true, true, 0, true)).hasMessage("members are 1 to 5, not 0");
    }
}
