package dev.tidecast.forecast.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Nets;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.forecast.spec.TargetKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ModelBytesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/model-v1.bin");
    private static final Forecaster FORECASTER = forecaster(3, "gru", 4);
    private static final float[] PRIOR = FORECASTER.firstModel().prior();
    private static final float[] WEIGHTS = weights();
    private static final byte[] BYTES = ModelBytes.of(FORECASTER.modelShape(), PRIOR, WEIGHTS);

    private static Forecaster forecaster(int horizon, String cell, int lags) {
        return new Forecaster(Nets.with(Shop.days(TargetKind.COUNT, horizon, 0, Emit.EVENT), Nets.of(cell, lags)));
    }

    private static float[] weights() {
        float[] w = new float[Objects.requireNonNull(FORECASTER.net()).network().weights()];
        for (int i = 0; i < w.length; i++) {
            w[i] = i % 17 - 8 + i / 1024f;
        }
        return w;
    }

    private static void refused(byte[] bytes, String because) {
        assertThatThrownBy(() -> ModelBytes.read(FORECASTER.modelShape(), bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(because);
    }

    /** The same bytes with a checksum that fits. */
    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
        return bytes;
    }

    @Test
    void aModelComesBackAsItWas() {
        Model model = ModelBytes.read(FORECASTER.modelShape(), BYTES);
        assertThat(model.prior()).isEqualTo(PRIOR);
        assertThat(Objects.requireNonNull(model.network()).flat()).isEqualTo(WEIGHTS);
        assertThat(ModelBytes.of(FORECASTER.modelShape(), model)).isEqualTo(BYTES);
    }

    private static final Forecaster APART =
            new Forecaster(FORECASTER.settings().withKinship(Kinship.of(List.of("store"))));

    private static byte[] ofKin() {
        ForecastNet net = Objects.requireNonNull(APART.net());
        float[] road = new float[(net.inputs() + 1) * net.horizon()];
        for (int i = 0; i < road.length; i++) {
            road[i] = i % 5 - 2;
        }
        TreeMap<String, float[]> roads = new TreeMap<>(Map.of("store=1", road, "store=\u00e9", road.clone()));
        return ModelBytes.of(
                APART.modelShape(), ModelBytes.learnt(APART.modelShape(), APART.firstModel(), WEIGHTS, roads));
    }

    @Test
    void whatKinShareComesBackAsItWas() {
        byte[] bytes = ofKin();
        Model model = ModelBytes.read(APART.modelShape(), bytes);
        assertThat(model.kin()).containsOnlyKeys("store=1", "store=\u00e9");
        assertThat(Objects.requireNonNull(model.of("store=1").road())[3]).isEqualTo(1);
        assertThat(model.of("store=1").version()).isEqualTo(model.version());
        assertThat(model.of("store=2")).isSameAs(model);
        assertThat(ModelBytes.of(APART.modelShape(), model)).isEqualTo(bytes);
    }

    @Test
    void damageToWhatKinShareIsAlwaysNoticed() {
        byte[] bytes = ofKin();
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> ModelBytes.read(APART.modelShape(), flipped))
                    .isInstanceOf(ModelException.class);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            assertThatThrownBy(() -> ModelBytes.read(APART.modelShape(), cut)).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void aModelWithOtherAttributesIsRefused() {
        assertThatThrownBy(() -> ModelBytes.read(APART.modelShape(), BYTES))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("is for nothing more, the pipeline has attributes [store]");
        refused(ofKin(), "is for attributes [store], the pipeline has nothing more");
    }

    @Test
    void aModelOfExpertsAloneComesBackToo() {
        Forecaster experts = new Forecaster(Shop.days(TargetKind.COUNT));
        Model first = experts.firstModel();
        Model model = ModelBytes.read(experts.modelShape(), ModelBytes.of(experts.modelShape(), first));
        assertThat(model.prior()).isEqualTo(first.prior());
        assertThat(model.network()).isNull();
    }

    @Test
    void theVersionIsNamedAfterTheContent() {
        Model model = ModelBytes.read(FORECASTER.modelShape(), BYTES);
        assertThat(model.version()).matches("[0-9a-f]{12}");
        float[] other = WEIGHTS.clone();
        other[5] = Math.nextUp(other[5]);
        assertThat(ModelBytes.read(FORECASTER.modelShape(), ModelBytes.of(FORECASTER.modelShape(), PRIOR, other))
                        .version())
                .isNotEqualTo(model.version());
        assertThat(ModelBytes.read(
                                FORECASTER.modelShape(), ModelBytes.of(FORECASTER.modelShape(), PRIOR, WEIGHTS.clone()))
                        .version())
                .isEqualTo(model.version());
    }

    @Test
    void formatOneIsReadForEver() throws IOException {
        Forecaster experts = new Forecaster(Shop.days(TargetKind.PRICE));
        float[] prior = new float[experts.firstModel().prior().length];
        for (int i = 0; i < prior.length; i++) {
            prior[i] = .5f * i;
        }
        byte[] now = ModelBytes.of(experts.modelShape(), prior, null);
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(GOLDEN, now);
        }
        byte[] golden = Files.readAllBytes(GOLDEN);
        assertThat(ModelBytes.read(experts.modelShape(), golden).prior()).isEqualTo(prior);
        assertThat(now).isEqualTo(golden);
    }

    private static final Path GOLDEN_2 = Path.of("src/test/resources/golden/model-v2.bin");
    private static final TrainingSpan SPAN = new TrainingSpan(1_388_534_400_000L, 1_420_070_400_000L, 24);

    private static byte[] trained() {
        return ModelBytes.of(
                FORECASTER.modelShape(),
                ModelBytes.read(FORECASTER.modelShape(), BYTES).withTrained(SPAN));
    }

    @Test
    void whatAModelWasTrainedOnComesBackAndLeavesItsVersionAsItWas() {
        Model model = ModelBytes.read(FORECASTER.modelShape(), trained());
        assertThat(model.trained()).isEqualTo(SPAN);
        assertThat(model.version())
                .isEqualTo(ModelBytes.read(FORECASTER.modelShape(), BYTES).version());
        assertThat(model.prior()).isEqualTo(PRIOR);
        assertThat(ModelBytes.read(FORECASTER.modelShape(), BYTES).trained()).isNull();
        assertThat(ModelBytes.of(FORECASTER.modelShape(), model)).isEqualTo(trained());
        byte[] kin = ModelBytes.of(
                APART.modelShape(), ModelBytes.read(APART.modelShape(), ofKin()).withTrained(SPAN));
        assertThat(ModelBytes.read(APART.modelShape(), kin).trained()).isEqualTo(SPAN);
        assertThat(ModelBytes.read(APART.modelShape(), kin).kin()).hasSize(2);
    }

    @Test
    void formatTwoIsReadForEver() throws IOException {
        Forecaster experts = new Forecaster(Shop.days(TargetKind.PRICE));
        Model model = ModelBytes.read(experts.modelShape(), Files.readAllBytes(GOLDEN))
                .withTrained(SPAN);
        byte[] now = ModelBytes.of(experts.modelShape(), model);
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(GOLDEN_2, now);
        }
        byte[] golden = Files.readAllBytes(GOLDEN_2);
        assertThat(ModelBytes.read(experts.modelShape(), golden).trained()).isEqualTo(SPAN);
        assertThat(ModelBytes.read(experts.modelShape(), golden).version()).isEqualTo(model.version());
        assertThat(now).isEqualTo(golden);
    }

    @Test
    void damageToWhatAModelWasTrainedOnIsAlwaysNoticed() {
        byte[] bytes = trained();
        for (int i = bytes.length - 40; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            refused(flipped, "damaged");
            refused(Arrays.copyOf(bytes, i), "damaged");
        }
        ByteBuffer.wrap(bytes).putLong(bytes.length - 20, Long.MIN_VALUE);
        refused(sealed(bytes), "damaged: no span of time");
        byte[] short_ = Arrays.copyOf(bytes, 40);
        refused(sealed(short_), "damaged: it ends early");
    }

    @Test
    void aFlippedByteIsAlwaysNoticed() {
        for (int i = 0; i < BYTES.length; i++) {
            byte[] flipped = BYTES.clone();
            flipped[i] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> ModelBytes.read(FORECASTER.modelShape(), flipped))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void aCutIsAlwaysNoticed() {
        for (int length = 0; length < BYTES.length; length += 1 + length / 8) {
            byte[] cut = Arrays.copyOf(BYTES, length);
            assertThatThrownBy(() -> ModelBytes.read(FORECASTER.modelShape(), cut))
                    .isInstanceOf(ModelException.class);
        }
    }

    @Test
    void aLengthThatLiesAsksForNoMemory() {
        byte[] lying = BYTES.clone();
        ByteBuffer.wrap(lying).putInt(20, Integer.MAX_VALUE);
        refused(sealed(lying), "damaged");
    }

    @Test
    void aNewerFormatIsRefusedClearly() {
        byte[] newer = BYTES.clone();
        newer[4] = 3;
        refused(sealed(newer), "format 3, this version reads up to format 2: start a newer Tidecast");
    }

    @Test
    void anotherShapeIsRefusedByWhatDiffers() {
        refused(
                ModelBytes.of(forecaster(5, "gru", 4).modelShape(), PRIOR, null),
                "is for horizon 5, the pipeline has horizon 3");
        refused(
                ModelBytes.of(forecaster(5, "gru", 4).modelShape(), PRIOR, null),
                "train it anew (tidecast train), name another");
        refused(ModelBytes.of(forecaster(5, "gru", 4).modelShape(), PRIOR, null), "or set horizon: 5 in the pipeline");
        refused(
                ModelBytes.of(forecaster(3, "lstm", 4).modelShape(), PRIOR, null),
                "the model is for cell lstm 10, the pipeline has cell gru 10: train it anew");
        refused(
                ModelBytes.of(forecaster(3, "gru", 9).modelShape(), PRIOR, null),
                "or set model: {lags: 9} in the pipeline");
        Forecaster prices = new Forecaster(Nets.with(Shop.days(TargetKind.PRICE, 3, 0, Emit.EVENT), Nets.of("gru", 4)));
        refused(
                ModelBytes.of(prices.modelShape(), prices.firstModel().prior(), null),
                "is for target price, the pipeline has target count");
    }

    @Test
    void otherBytesAreNoModel() {
        refused(new byte[0], "not a model");
        refused("key,timestamp,value\n0123456789".getBytes(StandardCharsets.UTF_8), "not a model");
    }
}
