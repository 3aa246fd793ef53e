package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence in two halves, the second on a tape of its own: what its gradient takes as given. */
class TruncationTest {
    private static final int HALF = 6;
    private static final long INDEX = 5;
    private static final float NUDGE = 0.004f;
    private static final double NEAR = 4e-3;

    static Stream<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theGradientTakesTheLoadedStateAsGiven(Example example) {
        Network network = example.network();
        if (!network.recurrent()) {
            assertThat(network.stateSize()).isZero();
            return;
        }
        Halves halves = new Halves(network);
        float[] state = halves.stateAfterFirst();
        float[] cut = halves.gradient(HALF, state);
        float[] whole = halves.gradient(0, new float[network.stateSize()]);
        int at = farthest(cut, whole);
        double near = NEAR * (1 + Math.abs(whole[at]) + Math.abs(cut[at]));
        assertThat(halves.slope(at, () -> halves.loss(state)))
                .as("the loaded state held constant, weight %d", at)
                .isCloseTo(cut[at], offset(near));
        assertThat(halves.slope(at, () -> halves.loss(halves.stateAfterFirst())))
                .as("the state computed anew, weight %d", at)
                .isCloseTo(whole[at], offset(near));
        assertThat(Math.abs(whole[at] - cut[at]) > 4 * near)
                .as("the two gradients differ where the state depends on the weights: %s and %s", cut[at], whole[at])
                .isEqualTo(halves.stateDependsOnWeights());
    }

    private static int farthest(float[] a, float[] b) {
        int farthest = 0;
        for (int i = 1; i < a.length; i++) {
            if (Math.abs(a[i] - b[i]) > Math.abs(a[farthest] - b[farthest])) {
                farthest = i;
            }
        }
        return farthest;
    }

    /** The loss is Σ ½ y² over the second half alone. */
    private static final class Halves {
        private final Network network;
        private final float[] weights;
        private final float[][] inputs;

        private Halves(Network network) {
            this.network = network;
            Draws draws = new Draws(6).named("halves");
            weights = network.initialise(6);
            for (int i = 0; i < weights.length; i++) {
                weights[i] += (float) (0.3 * draws.normal());
            }
            inputs = new float[2 * HALF][network.inputs()];
            for (float[] input : inputs) {
                for (int i = 0; i < input.length; i++) {
                    input[i] = (float) (0.7 * draws.normal());
                }
            }
        }

        private Tape play(Weights packed, int from, int to, float[] state) {
            Tape tape = network.newLearningTape(1, to - from);
            tape.begin(0, 0, INDEX + from);
            network.loadState(tape, 0, state, 0);
            for (int t = 1; t <= tape.steps(); t++) {
                tape.input(0, t, inputs[from + t - 1], 0);
            }
            network.forward(packed.pack(weights), tape);
            return tape;
        }

        float[] stateAfterFirst() {
            float[] state = new float[network.stateSize()];
            network.saveState(play(network.newWeights(), 0, HALF, state), 0, state, 0);
            return state;
        }

        double loss(float[] state) {
            Tape tape = play(network.newWeights(), HALF, 2 * HALF, state);
            double sum = 0;
            for (int t = 1; t <= HALF; t++) {
                for (int i = 0; i < network.outputs(); i++) {
                    sum += 0.5 * tape.output(t)[i] * tape.output(t)[i];
                }
            }
            return sum;
        }

        /** By a tape that begins at this step with this state. */
        float[] gradient(int from, float[] state) {
            Weights packed = network.newWeights();
            Tape tape = play(packed, from, 2 * HALF, state);
            for (int t = HALF - from + 1; t <= tape.steps(); t++) {
                for (int i = 0; i < network.outputs(); i++) {
                    tape.outputSlope(t)[i] += tape.output(t)[i];
                }
            }
            float[] gradient = new float[network.weights()];
            network.backward(packed, tape, gradient);
            return gradient;
        }

        double slope(int weight, DoubleSupplier loss) {
            float kept = weights[weight];
            weights[weight] = kept + NUDGE;
            double up = loss.getAsDouble();
            float high = weights[weight];
            weights[weight] = kept - NUDGE;
            double down = loss.getAsDouble();
            float low = weights[weight];
            weights[weight] = kept;
            return (up - down) / ((double) high - low);
        }

        boolean stateDependsOnWeights() {
            float[] before = stateAfterFirst();
            float[] kept = weights.clone();
            for (int i = 0; i < weights.length; i++) {
                weights[i] += 0.1f;
            }
            float[] after = stateAfterFirst();
            System.arraycopy(kept, 0, weights, 0, kept.length);
            return !Arrays.equals(before, after);
        }
    }
}
