package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.kernel.Kernels;
import dev.tidecast.nn.cell.EchoState;
import dev.tidecast.nn.cell.EchoState.Echoes;
import dev.tidecast.nn.cell.Quantiles;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, optimisers, schedules, bounds, averages, starts and heads. */
class LearningTest {
    private static final Kernels KERNELS = Kernels.chosen();

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of(new HalfSquaredError(), new float[] {0.5f, -1, 2}),
                Arguments.of(new Huber(0.5f), new float[] {0.4f, -1, 2}),
                Arguments.of(new Pinball(0.1f, 0.5f, 0.9f), new float[] {0.2f}),
                Arguments.of(new SoftmaxCrossEntropy(), new float[] {0, 0.25f, 0.75f}),
                Arguments.of(new Qlike(), new float[] {0.5f, 1.5f, 0}));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theSlopeOfALossIsItsDifference(Loss loss, float[] target) {
        float[] y = {9, 0.3f, -0.4f, 1.1f, 9};
        float[] dy = new float[5];
        loss.apply(y, 1, 3, target, 0, 2f, dy);
        for (int i = 1; i <= 3; i++) {
            float kept = y[i];
            float h = 0.01f;
            y[i] = kept + h;
            double up = loss.apply(y, 1, 3, target, 0, 0f, new float[5]);
            y[i] = kept - h;
            double down = loss.apply(y, 1, 3, target, 0, 0f, new float[5]);
            y[i] = kept;
            assertThat((double) dy[i]).as("output %d", i).isCloseTo(2 * (up - down) / (2 * h), within(2e-3));
        }
        assertThat(dy[0]).isZero();
        assertThat(dy[4]).isZero();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aMissingTargetCostsNothingAndPullsNowhere(Loss loss, float[] target) {
        float[] missing = target.clone();
        Arrays.fill(missing, Float.NaN);
        float[] dy = new float[3];
        assertThat(loss.apply(new float[] {1, 2, 3}, 0, 3, missing, 0, 1f, dy)).isZero();
        assertThat(dy).containsOnly(0f);
    }

    @Test
    void aLossAnswersWhatItSays() {
        float[] dy = new float[3];
        assertThat(new HalfSquaredError().apply(new float[] {3}, 0, 1, new float[] {1}, 0, 1f, dy))
                .isEqualTo(2);
        assertThat(new Huber(1).apply(new float[] {3}, 0, 1, new float[] {0}, 0, 1f, dy))
                .isEqualTo(2.5);
        assertThat(new Pinball(0.25f).apply(new float[] {0}, 0, 1, new float[] {4}, 0, 1f, dy))
                .isEqualTo(1);
        assertThat(new Pinball(0.25f).apply(new float[] {4}, 0, 1, new float[] {0}, 0, 1f, dy))
                .isEqualTo(3);
        float[] one = {0, 1, 0};
        assertThat(new SoftmaxCrossEntropy().apply(new float[3], 0, 3, one, 0, 1f, dy))
                .isCloseTo(StrictMath.log(3), within(1e-6));
        assertThat(new Qlike().apply(new float[] {0}, 0, 1, new float[] {2}, 0, 1f, dy))
                .isEqualTo(2);
        assertThat(new Pinball(0.1f, 0.9f).outputs(7)).isEqualTo(14);
    }

    @Test
    void pinballFindsTheQuantile() {
        Draws draws = new Draws(1);
        float[] y = {0};
        for (int k = 1; k <= 20_000; k++) {
            float[] dy = {0};
            new Pinball(0.9f).apply(y, 0, 1, new float[] {(float) draws.uniform()}, 0, 1f, dy);
            y[0] -= 0.5f * dy[0] / (1 + k / 100f);
        }
        assertThat(y[0]).isCloseTo(0.9f, within(0.03f));
    }

    @Test
    void everyOptimiserFindsTheBottomOfABowl() {
        for (Optimiser optimiser : new Optimiser[] {new Sgd(0), new Sgd(0.9), new Adam()}) {
            float[] w = {3, -2};
            Descent descent = new Descent(optimiser, Schedule.cosine(0.1, 0.001, 400), Clip.NONE, 2);
            for (int k = 0; k < 500; k++) {
                descent.step(w, new float[] {w[0] - 1, 4 * (w[1] - 2)});
            }
            assertThat(w[0]).as("%s", optimiser).isCloseTo(1f, within(0.01f));
            assertThat(w[1]).as("%s", optimiser).isCloseTo(2f, within(0.01f));
        }
    }

    @Test
    void adamTakesItsAuthorsSteps() {
        float[] w = {1, 1};
        Descent descent = new Descent(new Adam(), Schedule.constant(0.1), Clip.NONE, 2);
        descent.step(w, new float[] {5, -0.001f});
        assertThat(w[0]).as("the first step is the rate, whatever the size").isCloseTo(0.9f, within(1e-5f));
        assertThat(w[1]).isCloseTo(1.1f, within(1e-5f));
        descent.step(w, new float[] {5, 0});
        double m = (0.9 * 0.1 * -0.001) / (1 - 0.81);
        double v = (0.999 * 0.001 * 1e-6) / (1 - 0.999 * 0.999);
        assertThat((double) w[1]).isCloseTo(1.1 - 0.1 * m / (Math.sqrt(v) + 1e-8), within(1e-5));
    }

    @Test
    void weightDecayIsDecoupledFromTheGradient() {
        float[] w = {2};
        new Descent(new Adam(0.9, 0.999, 1e-8, 0.5), Schedule.constant(0.1), Clip.NONE, 1).step(w, new float[] {0});
        assertThat(w[0]).isCloseTo(1.9f, within(1e-6f));
    }

    @Test
    void schedulesRiseAndFall() {
        Schedule schedule = Schedule.warmup(10, Schedule.cosine(1, 0.1, 100));
        assertThat(schedule.rate(5)).isCloseTo(0.5, within(0.01));
        assertThat(schedule.rate(51)).isCloseTo(0.55, within(0.001));
        assertThat(schedule.rate(1000)).isCloseTo(0.1, within(1e-12));
        assertThat(Schedule.stairs(1, 0.5, 10).rate(21)).isEqualTo(0.25);
        assertThat(Schedule.constant(3).rate(9)).isEqualTo(3);
    }

    @Test
    void clippingKeepsTheDirection() {
        float[] dw = {3, 4};
        assertThat(Clip.byNorm(1).apply(KERNELS, dw)).isCloseTo(5, within(1e-6));
        assertThat(dw[0]).isCloseTo(0.6f, within(1e-6f));
        assertThat(dw[1]).isCloseTo(0.8f, within(1e-6f));
        float[] little = {0.6f, 0.9f};
        Clip.byNorm(1).apply(KERNELS, little);
        assertThat(Math.hypot(little[0], little[1])).isCloseTo(1, within(1e-6));
        float[] small = {0.3f, 0.4f};
        Clip.byNorm(1).apply(KERNELS, small);
        assertThat(small).containsExactly(0.3f, 0.4f);
        float[] huge = {3e30f, 4e30f};
        Clip.byNorm(5).apply(KERNELS, huge);
        assertThat(huge[1]).isCloseTo(4f, within(1e-5f));
        float[] spiky = {-7, 0.5f};
        Clip.byValue(2).apply(KERNELS, spiky);
        assertThat(spiky).containsExactly(-2f, 0.5f);
    }

    @Test
    void aGradientThatIsNotFiniteIsRefusedAndCounted() {
        Descent descent = new Descent(new Adam(), Schedule.constant(0.1), Clip.byNorm(1), 2);
        float[] w = {1, 2};
        for (float poison : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            assertThat(descent.step(w, new float[] {1, poison})).isFalse();
        }
        assertThat(w).containsExactly(1f, 2f);
        assertThat(descent.refused()).isEqualTo(3);
        assertThat(descent.steps()).isZero();
        assertThat(descent.step(w, new float[] {1, 1})).isTrue();
        assertThat(descent.steps()).isEqualTo(1);
    }

    @Test
    void aDescentGoesOnWhereAnotherStopped() {
        float[] w = {1, 2};
        Descent first = new Descent(new Adam(), Schedule.stairs(0.1, 0.5, 2), Clip.NONE, 2);
        first.step(w, new float[] {1, -3});
        Descent second = new Descent(new Adam(), Schedule.stairs(0.1, 0.5, 2), Clip.NONE, 2);
        for (int k = 0; k < 2; k++) {
            System.arraycopy(first.moments()[k], 0, second.moments()[k], 0, 2);
        }
        second.resume(first.steps(), first.refused());
        float[] copy = w.clone();
        for (int k = 0; k < 5; k++) {
            first.step(w, new float[] {k, 1});
            second.step(copy, new float[] {k, 1});
        }
        assertThat(copy).isEqualTo(w);
    }

    @Test
    void theAverageIsOverTheLastCheckpoints() {
        Average average = new Average(3, 1);
        assertThatThrownBy(() -> average.mean(new float[1])).isInstanceOf(IllegalStateException.class);
        float[] mean = new float[1];
        for (int k = 1; k <= 5; k++) {
            average.add(new float[] {k});
        }
        average.mean(mean);
        assertThat(mean[0]).isEqualTo(4f);
        assertThat(average.size()).isEqualTo(3);
    }

    @Test
    void startsAreWhatTheySay() {
        float[] w = new float[2 + 64 * 32];
        Param tall = new Param("tall", 0, 2, 64, 32);
        Initialiser.orthogonal().fill(w, tall, new Draws(1));
        for (int a = 0; a < 32; a++) {
            for (int b = 0; b <= a; b++) {
                double dot = 0;
                for (int i = 0; i < 64; i++) {
                    dot += w[2 + i * 32 + a] * w[2 + i * 32 + b];
                }
                assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-6));
            }
        }
        assertThat(w[0]).isZero();
        Param square = new Param("square", 0, 0, 3, 3);
        Initialiser.identity().fill(w, square, new Draws(1));
        assertThat(Arrays.copyOf(w, 9)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
        Initialiser.constant(7).fill(w, square, new Draws(1));
        assertThat(Arrays.copyOf(w, 9)).containsOnly(7);
        Initialiser.glorot().fill(w, tall, new Draws(2));
        for (int i = 2; i < w.length; i++) {
            assertThat(Math.abs(w[i])).isLessThan((float) Math.sqrt(6.0 / 96));
        }
    }

    @Test
    void drawsAreNormalAndUniform() {
        Draws draws = new Draws(4);
        double sum = 0;
        double squares = 0;
        double uniform = 0;
        for (int k = 0; k < 100_000; k++) {
            double z = draws.normal();
            sum += z;
            squares += z * z;
            uniform += draws.uniform();
        }
        assertThat(sum / 1e5).isCloseTo(0, within(0.02));
        assertThat(squares / 1e5).isCloseTo(1, within(0.02));
        assertThat(uniform / 1e5).isCloseTo(0.5, within(0.01));
    }

    @Test
    void quantilesNeverCross() {
        Draws draws = new Draws(5);
        Play play = new Play(4, new Quantiles(3, 9), 1);
        for (int i = 0; i < play.w.length; i++) {
            play.w[i] = (float) (20 * draws.normal());
        }
        for (int k = 0; k < 1000; k++) {
            float[] x = new float[4];
            for (int i = 0; i < 4; i++) {
                x[i] = (float) (StrictMath.exp(8 * draws.normal()) * draws.normal());
            }
            float[] y = play.outputs(new float[][] {x})[0];
            for (int i = 0; i < y.length; i++) {
                assertThat(i % 9 == 0 || y[i] >= y[i - 1])
                        .as("level %d of %s", i, Arrays.toString(y))
                        .isTrue();
            }
        }
    }

    @Test
    void theReservoirHasTheRadiusAskedFor() {
        for (double radius : new double[] {0.5, 0.9, 1.5}) {
            assertThat(new Reservoir(60, 0.05, radius, 3).radius()).isCloseTo(radius, within(1e-5));
        }
        assertThat(new Reservoir(1, 0.01, 0.8, 1).radius()).isCloseTo(0.8, within(1e-6));
    }

    @Test
    void ridgeReadsAReservoirOut() {
        Cell cell = new EchoState(60, 1, new Echoes(0.05, 0.9, 0.5, 0, 1));
        Play play = new Play(1, cell, 1).setAll(0);
        float[][] xs = new float[600][1];
        for (int t = 0; t < xs.length; t++) {
            xs[t][0] = (float) (StrictMath.sin(0.3 * t) * StrictMath.cos(0.11 * t));
        }
        Tape tape = play.run(xs);
        Slot s = play.network.plan().stages().get(0).ops().stream()
                .filter(op -> op instanceof Echo)
                .findFirst()
                .orElseThrow()
                .out();
        Ridge ridge = new Ridge(61, 1);
        for (int t = 100; t < 500; t++) {
            ridge.add(heard(tape, s, t, xs), xs[t]); // the next input: frame t holds xs[t - 1]
        }
        float[] w = ridge.solve(1e-6);
        double worst = 0;
        for (int t = 500; t < 600; t++) {
            float[] x = heard(tape, s, t, xs);
            double y = w[61];
            for (int i = 0; i < 61; i++) {
                y += w[i] * x[i];
            }
            worst = Math.max(worst, Math.abs(y - xs[t][0]));
        }
        assertThat(worst).isLessThan(0.01);
    }

    private static float[] heard(Tape tape, Slot s, int t, float[][] xs) {
        float[] x = Arrays.copyOf(tape.value(s, t), 61);
        x[60] = xs[t - 1][0];
        return x;
    }

    @Test
    void aSlowPartGoesItsShareOfTheWay() {
        Param slow = new Param("slow", 0, 1, 1, 2);
        float[] fast = {1, 2, 3, 4};
        float[] part = fast.clone();
        float[] dw = {.5f, -.5f, 2, 1};
        Descent plain = new Descent(new Adam(), Schedule.constant(.1), Clip.NONE, 4);
        Descent held = new Descent(new Adam(), Schedule.constant(.1), Clip.NONE, 4).slow(slow, .25f);
        plain.step(fast, dw.clone());
        held.step(part, dw.clone());
        assertThat(part[0]).isEqualTo(fast[0]);
        assertThat(part[3]).isEqualTo(fast[3]);
        assertThat(part[1]).isCloseTo(2 + .25f * (fast[1] - 2), within(1e-6f));
        assertThat(part[2]).isCloseTo(3 + .25f * (fast[2] - 3), within(1e-6f));
        assertThat(held.moments()).isDeepEqualTo(plain.moments());
    }

    @Test
    void productsSummedElsewhereGiveTheSameRidge() {
        Draws draws = new Draws(8);
        Ridge single = new Ridge(2, 1);
        Ridge summed = new Ridge(2, 1);
        double[][] products = new double[3][4];
        for (int t = 0; t < 30; t++) {
            float[] x = {(float) draws.normal(), (float) draws.normal()};
            float[] y = {x[0] - 2 * x[1] + .1f * (float) draws.normal()};
            single.add(x, y);
            double[] row = {x[0], x[1], 1, y[0]};
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 4; j++) {
                    products[i][j] += row[i] * row[j];
                }
            }
        }
        summed.add(products);
        assertThat(summed.solve(.5)).containsExactly(single.solve(.5), within(1e-6f));
    }
}
