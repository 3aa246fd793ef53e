package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.sun.management.ThreadMXBean;
import dev.tidecast.kernel.BothKernels;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.nn.cell.CellEntry;
import dev.tidecast.nn.cell.Cells;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of the catalogue: every cell is held to each of them. */
class CellsTest {
    private static final int STEPS = 7;
    private static final int[] PADDING = {0, 2, 1};

    /** Seconds of processor time for the compiler to finish in. */
    private static final int PATIENCE = Integer.getInteger("patience", 10);

    static Stream<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theGradientEqualsCentralDifferences(Example example) {
        for (long seed : new long[] {1, 3}) {
            GradientCheck check = GradientCheck.of(trial(example, seed, Kernels.chosen()), example.kinked());
            assertThat(check.worst()).as("seed " + seed + " " + check).isLessThan(1e-3);
            assertThat(check.skipped()).as("skipped at kinks").isLessThanOrEqualTo(check.checked() / 10);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aStateSavedAndLoadedChangesNoLaterBit(Example example) {
        Network network = example.network();
        Trial trial = new Trial(network, Kernels.chosen(), 3, 9, 0);
        trial.forward();
        if (!network.recurrent()) {
            assertThat(network.stateSize()).isZero();
            return;
        }
        Weights weights = network.pack(trial.weights);
        for (int cut : new int[] {1, 2, 5}) {
            float[] state = trial.past(0).clone();
            for (int t = 1; t <= 9; ) {
                Tape part = network.newTape(1, Math.min(cut, 10 - t));
                part.begin(0, 0, Trial.index(0) + t - 1);
                network.loadState(part, 0, state, 0);
                for (int s = 1; s <= part.steps(); s++) {
                    part.input(0, s, trial.inputs()[t + s - 2], 0);
                }
                network.forward(weights, part);
                for (int s = 1; s <= part.steps(); s++, t++) {
                    assertThat(part.output(s))
                            .as("step %d, in parts of %d", t, cut)
                            .isEqualTo(trial.tape().output(t));
                }
                network.saveState(part, 0, state, 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void lanesDoNotMix(Example example) {
        Network network = example.network();
        Trial batch = trial(example, 4, Kernels.chosen());
        batch.forward();
        Weights weights = network.pack(batch.weights);
        for (int lane = 0; lane < PADDING.length; lane++) {
            int dead = PADDING[lane];
            Tape alone = network.newTape(1, STEPS - dead);
            alone.begin(0, 0, Trial.index(lane));
            network.loadState(alone, 0, batch.past(lane), 0);
            for (int t = 1; t <= alone.steps(); t++) {
                alone.input(0, t, batch.inputs()[t + dead - 1], lane * network.inputs());
            }
            network.forward(weights, alone);
            for (int t = network.firstOutput(alone.steps()); t <= alone.steps(); t++) {
                int n = network.outputs();
                float[] inBatch = Arrays.copyOfRange(batch.tape().output(t + dead), lane * n, lane * n + n);
                assertThat(inBatch).as("lane %d, step %d", lane, t).isEqualTo(Arrays.copyOf(alone.output(t), n));
            }
            float[] state = new float[network.stateSize()];
            float[] aloneState = new float[network.stateSize()];
            network.saveState(batch.tape(), lane, state, 0);
            network.saveState(alone, 0, aloneState, 0);
            assertThat(state).as("state of lane %d", lane).isEqualTo(aloneState);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theGradientOfABatchIsTheSumOfItsSequences(Example example) {
        Trial batch = trial(example, 5, Kernels.chosen());
        float[] together = batch.gradient();
        double[] sum = new double[together.length];
        for (int lane = 0; lane < PADDING.length; lane++) {
            float[] alone = batch.gradientOf(lane);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += alone[i];
            }
        }
        for (int i = 0; i < sum.length; i++) {
            assertThat((double) together[i]).isCloseTo(sum[i], offset(2e-5 * (1 + Math.abs(sum[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void scalarAndVectorKernelsGiveTheSameBits(Example example) {
        List<Kernels> all = BothKernels.all();
        float[] expected = trial(example, 7, all.get(0)).gradient();
        for (Kernels kernels : all) {
            Trial trial = trial(example, 7, kernels);
            assertThat(trial.gradient()).as(kernels.name()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theSameSeedGivesTheSameNumbers(Example example) {
        float[] once = example.network().initialise(8);
        assertThat(example.network().initialise(8)).isEqualTo(once);
        assertThat(example.network().initialise(9)).isNotEqualTo(once);
        assertThat(example.network().fingerprint()).isEqualTo(example.network().fingerprint());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingIsAllocatedPerStep(Example example) {
        Trial trial = trial(example, 10, Kernels.chosen());
        float[] dw = trial.gradient();
        Weights weights = trial.network.newWeights();
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long deadline = thread.getCurrentThreadCpuTime() + 1_000_000_000L * PATIENCE;
        while (least > 0 && thread.getCurrentThreadCpuTime() < deadline) {
            long before = thread.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < 20; k++) {
                weights.pack(trial.weights);
                trial.network.forward(weights, trial.tape());
                trial.network.backward(weights, trial.tape(), dw);
            }
            least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes in 20 steps, once compiled").isZero();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void itLearnsANoisyTwoToneSeriesBetterThanPersistence(Example example) {
        Tones tones = new Tones(example.cell(), 11);
        tones.learn(250);
        assertThat(tones.error()).isLessThan(0.7 * tones.persistence());
    }

    @Test
    void everyLineOfTheCatalogueIsAnExample() {
        assertThat(Example.all().map(Example::name)).containsAll(Cells.names());
    }

    @Test
    void everyCellOnTheClassPathIsInTheCatalogue() throws IOException, URISyntaxException, ClassNotFoundException {
        Set<Class<?>> catalogued = Cells.entries().stream().map(CellEntry::type).collect(Collectors.toSet());
        Path folder = Path.of(Cells.class.getResource("Cells.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                Class<?> type = Class.forName(Cells.class.getPackageName() + "." + name);
                assertThat(!Cell.class.isAssignableFrom(type) || catalogued.contains(type))
                        .as("%s is a cell and must be in Cells", name)
                        .isTrue();
            }
        }
    }

    private static Trial trial(Example example, long seed, Kernels kernels) {
        return new Trial(example.network(), kernels, seed, STEPS, PADDING);
    }
}
