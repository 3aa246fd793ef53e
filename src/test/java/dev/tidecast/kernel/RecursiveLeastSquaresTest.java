package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Least squares one by one: equal to the batch solution, and still finite and positive after a million steps. */
class RecursiveLeastSquaresTest {
    private static final int LONG = 1_000_000;
    private static final double CAP = 1e6;

    @ParameterizedTest
    @MethodSource("sizes")
    void withoutForgettingItIsRidgeRegression(int inputs) {
        double prior = 100;
        RecursiveLeastSquares rls = new RecursiveLeastSquares(inputs, prior, 1, CAP);
        double[] state = fresh(rls);
        SplittableRandom random = new SplittableRandom(inputs);
        DMatrixRMaj x = new DMatrixRMaj(200, inputs);
        DMatrixRMaj y = new DMatrixRMaj(200, 1);
        for (int t = 0; t < 200; t++) {
            double[] row = draw(random, inputs);
            double target = 2 * row[0] - row[inputs - 1] + random.nextGaussian();
            System.arraycopy(row, 0, x.data, t * inputs, inputs);
            y.data[t] = target;
            assertThat(rls.learn(state, 3, row, target)).isTrue();
        }
        DMatrixRMaj information = CommonOps_DDRM.identity(inputs);
        CommonOps_DDRM.scale(1 / prior, information);
        CommonOps_DDRM.multAddTransA(x, x, information);
        DMatrixRMaj moment = new DMatrixRMaj(inputs, 1);
        CommonOps_DDRM.multTransA(x, y, moment);
        double[] expected = solve(information, moment.data);
        for (int j = 0; j < inputs; j++) {
            assertThat(state[3 + j]).isCloseTo(expected[j], offset(1e-9));
        }
        double[] probe = draw(random, inputs);
        double[] known = solve(information, probe);
        double variance = 0;
        for (int j = 0; j < inputs; j++) {
            variance += probe[j] * known[j];
        }
        assertThat(rls.variance(state, 3, probe)).isCloseTo(variance, offset(1e-9));
    }

    private static double[] solve(DMatrixRMaj a, double[] b) {
        DMatrixRMaj solution = new DMatrixRMaj(b.length, 1);
        assertThat(CommonOps_DDRM.solve(a.copy(), new DMatrixRMaj(b.length, 1, true, b), solution))
                .isTrue();
        return solution.data;
    }

    static Stream<Integer> sizes() {
        return Stream.of(1, 2, 5, 12);
    }

    @Test
    void forgettingFollowsAChangeThatRememberingEverythingDoesNot() {
        assertThat(errorAfterAChange(0.97)).isLessThan(0.3 * errorAfterAChange(1));
    }

    private static double errorAfterAChange(double lambda) {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(3, 10, lambda, CAP);
        double[] state = fresh(rls);
        SplittableRandom random = new SplittableRandom(5);
        double error = 0;
        for (int t = 0; t < 2000; t++) {
            double[] x = draw(random, 3);
            double y = (t < 1000 ? 1 : -1) * x[0] + 0.5 * x[1] + 0.1 * random.nextGaussian();
            if (t >= 1500) {
                error += Math.abs(y - rls.forecast(state, 3, x)) / 500;
            }
            rls.learn(state, 3, x, y);
        }
        return error;
    }

    static Stream<Arguments> starvation() {
        return Stream.of(
                starving("constant", t -> new double[] {1, 1, 1}),
                starving("zero", t -> new double[] {0, 0, 0}),
                starving("collinear", t -> new double[] {Math.floorMod(t, 7) - 3, 2.0 * (Math.floorMod(t, 7) - 3), 0}),
                starving(
                        "a burst, then tiny",
                        t -> t < 50
                                ? new double[] {t % 3, t % 5, 1}
                                : new double[] {1e-9 * (t % 3), 1e-9 * (t % 5), 0}),
                starving(
                        "huge and tiny in turns",
                        t -> t % 2 == 0 ? new double[] {1e12, -1e12, t % 3} : new double[] {1e-12, 1e-12, 1e-12}));
    }

    private static Arguments starving(String name, IntFunction<double[]> inputs) {
        return Arguments.of(name, inputs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("starvation")
    void aMillionStepsWithoutExcitationStayFiniteAndPositive(String name, IntFunction<double[]> inputs) {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(3, 10, 0.98, CAP);
        double[] state = fresh(rls);
        SplittableRandom random = new SplittableRandom(9);
        double[][] probes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, -2, 3}};
        for (int t = 0; t < LONG; t++) {
            double[] x = inputs.apply(t);
            rls.learn(state, 3, x, x[0] + random.nextDouble() - 0.5);
            if (t % 9973 == 0 || t == LONG - 1) {
                assertThat(Arrays.stream(state).allMatch(Double::isFinite))
                        .as("finite at %d", t)
                        .isTrue();
                for (double[] probe : probes) {
                    assertThat(rls.variance(state, 3, probe))
                            .as("variance at %d", t)
                            .isBetween(1e-300, 14 * CAP);
                }
            }
        }
    }

    @Test
    void whatWasLearntOutlastsAMillionUnexcitingSteps() {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(3, 10, 0.98, CAP);
        double[] state = fresh(rls);
        SplittableRandom random = new SplittableRandom(2);
        for (int t = 0; t < 500; t++) {
            double[] x = draw(random, 3);
            rls.learn(state, 3, x, 3 * x[0] - 2 * x[1] + x[2]);
        }
        for (int t = 0; t < LONG; t++) {
            rls.learn(state, 3, new double[] {0, 0, 1}, 1);
        }
        assertThat(rls.forecast(state, 3, new double[] {1, 1, 0})).isCloseTo(1, offset(0.01));
        assertThat(rls.variance(state, 3, new double[] {1, 1, 0})).isLessThan(1);
    }

    @Test
    void aNumberThatIsNotFiniteChangesNothing() {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(2, 10, 0.98, CAP);
        double[] state = fresh(rls);
        rls.learn(state, 3, new double[] {1, 2}, 3);
        double[] before = state.clone();
        assertThat(rls.learn(state, 3, new double[] {1, 2}, Double.NaN)).isFalse();
        assertThat(rls.learn(state, 3, new double[] {1, Double.POSITIVE_INFINITY}, 1))
                .isFalse();
        assertThat(rls.learn(state, 3, new double[] {1e200, 1}, 1)).isFalse();
        assertThat(state).isEqualTo(before);
    }

    @Test
    void aStateGoesOnWhereItWasCopied() {
        RecursiveLeastSquares rls = new RecursiveLeastSquares(4, 10, 0.99, CAP);
        double[] state = fresh(rls);
        SplittableRandom random = new SplittableRandom(3);
        for (int t = 0; t < 100; t++) {
            rls.learn(state, 3, draw(random, 4), random.nextDouble());
        }
        double[] moved = new double[rls.size()];
        System.arraycopy(state, 3, moved, 0, rls.size());
        double[] x = draw(random, 4);
        rls.learn(state, 3, x, 1);
        rls.learn(moved, 0, x, 1);
        assertThat(Arrays.copyOfRange(state, 3, 3 + rls.size())).isEqualTo(moved);
        assertThat(state[0]).isEqualTo(7);
    }

    @Test
    void settingsThatCannotWorkAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecursiveLeastSquares(0, 1, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecursiveLeastSquares(2, 0, 1, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecursiveLeastSquares(2, 1, 1.01, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecursiveLeastSquares(2, 10, 1, 10));
    }

    /** A state at offset 3 of something larger. */
    private static double[] fresh(RecursiveLeastSquares rls) {
        double[] state = new double[rls.size() + 3];
        Arrays.fill(state, 7);
        rls.reset(state, 3);
        return state;
    }

    private static double[] draw(SplittableRandom random, int n) {
        double[] x = new double[n];
        for (int j = 0; j < n; j++) {
            x[j] = random.nextGaussian();
        }
        return x;
    }
}
