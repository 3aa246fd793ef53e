package dev.tidecast.nn;

import static dev.tidecast.nn.Play.largest;
import static dev.tidecast.nn.Play.oneHot;
import static dev.tidecast.nn.Play.softmax;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.kernel.BothKernels;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.nn.Play.Lesson;
import dev.tidecast.nn.cell.Dense;
import dev.tidecast.nn.cell.EchoState;
import dev.tidecast.nn.cell.EchoState.Echoes;
import dev.tidecast.nn.cell.Elman;
import dev.tidecast.nn.cell.EncoderDecoder;
import dev.tidecast.nn.cell.Gru;
import dev.tidecast.nn.cell.Lstm;
import dev.tidecast.nn.cell.Stacked;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The textbook's examples, with the textbook's numbers. */
class WorkedExamplesTest {
    private static final float[] NONE = {};

    private static Cell headed(Cell cell, int outputs) {
        return new Stacked(List.of(cell, new Dense(outputs, Activation.IDENTITY)));
    }

    private static Elman linear(int units) {
        return new Elman(units, Activation.IDENTITY, false);
    }

    @Test
    void elmanByHand() {
        float[][] xs = {{1, 1}, {1, 1}, {2, 2}};
        Play hidden = new Play(2, linear(2), 1).setAll(1).set("s.bias", 0, 0);
        assertThat(hidden.outputs(xs)).isDeepEqualTo(new float[][] {{2, 2}, {6, 6}, {16, 16}});
        Play whole = new Play(2, headed(linear(2), 2), 1)
                .setAll(1)
                .set("0/s.bias", 0, 0)
                .set("1/y.bias", 0, 0);
        assertThat(whole.outputs(xs)).isDeepEqualTo(new float[][] {{4, 4}, {12, 12}, {32, 32}});
        assertThat(whole.outputs(new float[][] {{1, 1}, {2, 2}, {1, 1}})[2])
                .as("the order matters")
                .isNotEqualTo(new float[] {32, 32});
    }

    @Test
    void lstmByHand() {
        Play play = new Play(3, new Lstm(1, false, Activation.IDENTITY), 1)
                .setAll(0)
                .set("g.w0", 1, 0, 0)
                .set("i.w0", 0, 100, 0)
                .set("i.bias", -10)
                .set("f.w0", 0, 100, 0)
                .set("f.bias", 10)
                .set("o.w0", 0, 0, 100)
                .set("o.bias", -10);
        float[][] xs = {{3, 1, 0}, {4, 1, 0}, {2, 0, 0}, {1, 0, 1}, {3, -1, 0}};
        float[] memory = {3, 7, 7, 7, 0};
        float[] outputs = {0, 0, 0, 7, 0};
        float[] state = new float[2];
        for (int t = 0; t < xs.length; t++) {
            Tape tape = play.run(new float[][] {xs[t]}, state);
            state = play.stateAfter(tape);
            assertThat(state[0]).as("memory %d", t).isCloseTo(memory[t], within(1e-3f));
            assertThat(tape.output(1)[0]).as("output %d", t).isCloseTo(outputs[t], within(1e-3f));
        }
    }

    @Test
    void aLinearUnitExplodesOrVanishes() {
        float[][] impulse = new float[1000][1];
        impulse[0][0] = 1;
        float[] weights = {1.01f, 0.99f, 1f, 0.01f};
        double[] after = {2.1e4, 4e-5, 1, 0};
        for (int k = 0; k < weights.length; k++) {
            Play play = new Play(1, linear(1), 1)
                    .set("s.w0", 1)
                    .set("s.w1", weights[k])
                    .set("s.bias", 0);
            assertThat((double) play.outputs(impulse)[999][0]).isCloseTo(after[k], within(0.1 * after[k] + 1e-12));
        }
    }

    @Test
    void clippingBoundsTheStepOfAnExplodingUnit() {
        Play play = new Play(1, linear(1), 1).set("s.w0", 1).set("s.w1", 1.01f).set("s.bias", 0);
        Tape tape = play.network.newLearningTape(1, 1000);
        tape.input(1)[0] = 1;
        Weights weights = play.network.newWeights().pack(play.w);
        play.network.forward(weights, tape);
        tape.outputSlope(1000)[0] = 1;
        float[] dw = new float[3];
        play.network.backward(weights, tape, dw);
        assertThat((double) dw[1]).isCloseTo(999 * StrictMath.pow(1.01, 998), within(1e5));
        assertThat(Clip.byNorm(1f).apply(Kernels.chosen(), dw)).isGreaterThan(2e7);
        double norm = Math.sqrt(dw[0] * dw[0] + dw[1] * dw[1] + dw[2] * dw[2]);
        assertThat(norm).isCloseTo(1, within(1e-6));
    }

    @Test
    void theOrthogonalStartKeepsTheNorm() {
        Play play = new Play(1, linear(16), 7);
        float[] state = new float[16];
        Draws draws = new Draws(3);
        double before = 0;
        for (int i = 0; i < 16; i++) {
            state[i] = (float) draws.normal();
            before += state[i] * state[i];
        }
        double after = 0;
        for (float s : play.stateAfter(play.run(new float[200][1], state))) {
            after += s * s;
        }
        assertThat(after / before).isCloseTo(1, within(1e-4));
    }

    @Test
    void theCellPathKeepsTheGradientWhereTheForgetGateIsOpen() {
        for (float open : new float[] {10, 0}) {
            Play play = new Play(1, new Lstm(1), 1).setAll(0).set("f.bias", open);
            float[][] quiet = new float[50][1];
            double up = play.stateAfter(play.run(quiet, 0.5f, 0))[0];
            double down = play.stateAfter(play.run(quiet, -0.5f, 0))[0];
            double product = StrictMath.pow(1 / (1 + StrictMath.exp(-open)), 50);
            assertThat(up - down).isCloseTo(product, within(1e-4));
        }
    }

    @Test
    void sigmoidSlopesVanishLikePowersOfFour() {
        for (int k = 1; k <= 12; k++) {
            int depth = k;
            Play play = new Play(
                            1,
                            (g, x) -> {
                                Slot y = x;
                                for (int l = 0; l < depth; l++) {
                                    y = g.sigmoid(g.affine("l" + l, 1, y));
                                }
                                return y;
                            },
                            1)
                    .setAll(0.9f);
            Tape tape = play.network.newLearningTape(1, 1);
            tape.input(1)[0] = 1;
            Weights weights = play.network.newWeights().pack(play.w);
            play.network.forward(weights, tape);
            tape.outputSlope(1)[0] = 1;
            float[] dw = new float[play.w.length];
            play.network.backward(weights, tape, dw);
            assertThat((double) dw[0]).isBetween(0.0, StrictMath.pow(4, -k));
        }
    }

    @Test
    void softmaxOfOneToFour() {
        for (Kernels kernels : BothKernels.all()) {
            float[] p = new float[4];
            kernels.softmax(new float[] {1, 2, 3, 4}, p, 0, 4);
            float[] told = {0.03f, 0.09f, 0.24f, 0.64f};
            float sum = 0;
            for (int i = 0; i < 4; i++) {
                assertThat(p[i]).isCloseTo(told[i], within(0.005f)).isBetween(1e-9f, 1f);
                sum += p[i];
            }
            assertThat(sum).isCloseTo(1f, within(1e-6f));
        }
    }

    /** Dishes 0, 1, 2 in turn; weather 0 sunny (yesterday's dish again), 1 rainy (the next one). */
    private static Lesson cook(long seed, int days) {
        Draws draws = new Draws(seed);
        float[][] weather = new float[days][];
        float[][] dishes = new float[days][];
        int dish = 0;
        for (int t = 0; t < days; t++) {
            int rain = draws.below(2);
            dish = (dish + rain) % 3;
            weather[t] = oneHot(rain, 2);
            dishes[t] = oneHot(dish, 3);
        }
        return new Lesson(weather, dishes);
    }

    @Test
    void theCookByHand() {
        float[] w = new float[36]; // unit 2 d + r: yesterday was dish d and today's weather is r
        float[] v = new float[18];
        for (int d = 0; d < 3; d++) {
            for (int rain = 0; rain < 2; rain++) {
                int today = (d + rain) % 3;
                v[(2 * d + rain) * 3 + today] = 1;
                w[(2 * d + rain) * 6 + 2 * today] = 1;
                w[(2 * d + rain) * 6 + 2 * today + 1] = 1;
            }
        }
        Play play = new Play(2, headed(new Elman(6, Activation.RELU, false), 3), 1)
                .set("0/s.w0", 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1)
                .set("0/s.w1", w)
                .set("0/s.bias", -1, -1, -1, -1, -1, -1)
                .set("1/y.w0", v)
                .set("1/y.bias", 0, 0, 0);
        Lesson days = cook(5, 200);
        assertThat(play.outputs(days.xs(), 1, 0, 0, 0, 0, 0)).isDeepEqualTo(days.targets());
    }

    @Test
    void theCookLearnt() {
        Play play = new Play(2, headed(new Elman(16, Activation.TANH, false), 3), 2);
        play.learn(k -> cook(1000 + k, 12), new SoftmaxCrossEntropy(), 500, 0.02);
        int right = 0;
        for (int k = 0; k < 50; k++) {
            Lesson days = cook(k, 30);
            float[][] ys = play.outputs(days.xs());
            for (int t = 0; t < 30; t++) {
                right += largest(ys[t]) == largest(days.targets()[t]) ? 1 : 0;
            }
        }
        assertThat(right).isEqualTo(1500);
    }

    @Test
    void theNextWord() {
        int words = 7; // <s> I yesterday school late (particle) <e>
        float[][] xs = new float[words - 1][];
        float[][] next = new float[words - 1][];
        for (int t = 0; t < words - 1; t++) {
            xs[t] = oneHot(t, words);
            next[t] = oneHot(t + 1, words);
        }
        Play play = new Play(words, headed(new Elman(8, Activation.TANH, false), words), 3);
        play.learn(k -> new Lesson(xs, next), new SoftmaxCrossEntropy(), 200, 0.05);
        float[][] ys = play.outputs(xs);
        for (int t = 0; t < ys.length; t++) {
            assertThat(softmax(ys[t])[t + 1]).as("word %d", t + 1).isGreaterThan(0.95f);
        }
    }

    /** arrive | leave, Taipei, on, November, 2nd; tags other, destination, departure, time. */
    private static Lesson ticket(int leave) {
        int[] words = {leave, 2, 3, 4, 5};
        int[] tags = {0, 1 + leave, 0, 3, 3};
        float[][] xs = new float[5][];
        float[][] ys = new float[5][];
        for (int t = 0; t < 5; t++) {
            xs[t] = oneHot(words[t], 6);
            ys[t] = oneHot(tags[t], 4);
        }
        return new Lesson(xs, ys);
    }

    @Test
    void slotFillingNeedsMemory() {
        Play recurrent = new Play(6, headed(new Elman(8, Activation.TANH, false), 4), 4);
        recurrent.learn(k -> ticket(k % 2), new SoftmaxCrossEntropy(), 150, 0.03);
        Play forward = new Play(6, headed(new Dense(8, Activation.TANH), 4), 4);
        forward.learn(k -> ticket(k % 2), new SoftmaxCrossEntropy(), 150, 0.03);
        for (int leave = 0; leave < 2; leave++) {
            Lesson ticket = ticket(leave);
            float[][] ys = recurrent.outputs(ticket.xs());
            for (int t = 0; t < 5; t++) {
                assertThat(largest(ys[t])).isEqualTo(largest(ticket.targets()[t]));
            }
        }
        assertThat(forward.outputs(ticket(0).xs())[1])
                .as("without memory Taipei is Taipei")
                .isEqualTo(forward.outputs(ticket(1).xs())[1]);
    }

    @Test
    void manyToOne() {
        Play play = new Play(1, headed(linear(6), 1), 5);
        play.learn(k -> sum(1000 + k), new HalfSquaredError(), 800, 0.02);
        for (int k = 0; k < 50; k++) {
            Lesson lesson = sum(k);
            assertThat(play.outputs(lesson.xs())[5][0]).isCloseTo(lesson.targets()[5][0], within(0.02f));
        }
    }

    private static Lesson sum(long seed) {
        Draws draws = new Draws(seed);
        float[][] xs = new float[6][1];
        float[][] ys = {NONE, NONE, NONE, NONE, NONE, new float[1]};
        for (float[] x : xs) {
            x[0] = (float) draws.uniform() - 0.5f;
            ys[5][0] += x[0];
        }
        return new Lesson(xs, ys);
    }

    @Test
    void oneToMany() {
        Play play = new Play(1, headed(new Elman(8, Activation.TANH, false), 1), 6);
        play.learn(k -> ramp((float) new Draws(1000 + k).uniform()), new HalfSquaredError(), 800, 0.02);
        for (float start : new float[] {0.1f, 0.5f, 0.9f}) {
            Lesson lesson = ramp(start);
            float[][] ys = play.outputs(lesson.xs());
            for (int t = 0; t < ys.length; t++) {
                assertThat(ys[t][0]).isCloseTo(lesson.targets()[t][0], within(0.1f));
            }
        }
    }

    private static Lesson ramp(float start) {
        float[][] xs = new float[8][1];
        float[][] ys = new float[8][1];
        xs[0][0] = start;
        for (int t = 0; t < 8; t++) {
            ys[t][0] = start + 0.25f * t;
        }
        return new Lesson(xs, ys);
    }

    /** Five symbols, then five frames to say them backwards. */
    private static Lesson reversal(long seed) {
        Draws draws = new Draws(seed);
        float[][] xs = new float[10][4];
        float[][] ys = new float[10][];
        for (int t = 0; t < 5; t++) {
            int symbol = draws.below(4);
            xs[t] = oneHot(symbol, 4);
            ys[t] = NONE;
            ys[9 - t] = oneHot(symbol, 4);
        }
        return new Lesson(xs, ys);
    }

    @Test
    void manyToManyLooksBackAlongTheAntiDiagonal() {
        Cell cell = new EncoderDecoder(new Gru(16), 5, EncoderDecoder.Reads.OUTPUT, true);
        Play play = new Play(4, headed(cell, 4), 7);
        play.learn(k -> reversal(1000 + k), new SoftmaxCrossEntropy(), 800, 0.02);
        Slot weights = attention(play.network);
        int right = 0;
        double distance = 0;
        for (int k = 0; k < 40; k++) {
            Lesson lesson = reversal(k);
            Tape tape = play.run(lesson.xs());
            for (int t = 6; t <= 10; t++) {
                right += largest(Arrays.copyOf(tape.output(t), 4)) == largest(lesson.targets()[t - 1]) ? 1 : 0;
                for (int j = 1; j <= 5; j++) {
                    distance += tape.value(weights, t)[j - 1] * Math.abs(j - (11 - t)) / 200;
                }
            }
        }
        assertThat(right).as("of 200 symbols").isGreaterThanOrEqualTo(198);
        assertThat(distance)
                .as("mean distance of the attention from the anti-diagonal")
                .isLessThan(0.7);
    }

    private static Slot attention(Network network) {
        return network.plan().stages().stream()
                .flatMap(stage -> stage.ops().stream())
                .filter(op -> op instanceof Attend)
                .map(op -> ((Attend) op).weights())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void echoesFadeOnlyBelowRadiusOne() {
        assertThat(distance(0.9)).isLessThan(1e-6);
        assertThat(distance(1.5)).isGreaterThan(1e-2);
    }

    /** How far apart two starting states are after 400 steps of the same input. */
    private static double distance(double radius) {
        Cell cell = new EchoState(100, 1, new Echoes(0.05, radius, 0.1, 0, 1));
        Play play = new Play(1, cell, 1).setAll(0);
        Draws draws = new Draws(2);
        float[][] xs = new float[400][1];
        float[] one = new float[play.network.stateSize()];
        float[] other = new float[one.length];
        for (int t = 0; t < xs.length; t++) {
            xs[t][0] = (float) draws.normal();
        }
        for (int i = 0; i < one.length; i++) {
            one[i] = (float) draws.uniform();
            other[i] = (float) -draws.uniform();
        }
        float[] a = play.stateAfter(play.run(xs, one));
        float[] b = play.stateAfter(play.run(xs, other));
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }
}
