package dev.tidecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AutoregressionTest {
    private static final int HORIZON = 14;
    private static final Autoregression.Measure PLAIN = new Autoregression.Measure(0, 1);

    /** Seasons, the lags they ask for, and how many values the mean is over. */
    static Stream<Arguments> lags() {
        return Stream.of(
                Arguments.of(new int[] {1}, new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 10),
                Arguments.of(new int[] {2}, new int[] {1, 2, 3, 4, 5}, 2),
                Arguments.of(new int[] {7}, new int[] {1, 2, 3, 4, 6, 7, 8, 14, 15}, 7),
                Arguments.of(new int[] {7, 28}, new int[] {1, 2, 3, 7, 8, 14, 27, 28, 29}, 7));
    }

    private static double[] noisy(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] z = new double[count];
        for (int t = 0; t < count; t++) {
            double before = t == 0 ? 50 : z[t - 1];
            z[t] = 50 + .6 * (before - 50) + 4 * (t % 7) - 12 + random.nextDouble(-5, 5);
        }
        return z;
    }

    /** The values before step t, oldest first. */
    private static float[] past(double[] z, int t, int reach) {
        float[] past = new float[reach];
        for (int i = 0; i < reach; i++) {
            past[i] = (float) z[t - reach + i];
        }
        return past;
    }

    private static double[] learnt(Autoregression regression, double[] z, int until, Autoregression.Measure measure) {
        double[] state = new double[regression.size()];
        regression.begin(state);
        for (int t = regression.reach(); t < until; t++) {
            regression.learn(state, past(z, t, regression.reach()), measure, z[t]);
        }
        return state;
    }

    private static final class Plain {
        private final int[] lags;
        private final int season;
        private final Autoregression.Measure measure;
        private final double[][] p;
        private double[] theta;
        private double usual;

        Plain(int[] lags, int season, Autoregression.Measure measure) {
            this.lags = lags;
            this.season = season;
            this.measure = measure;
            theta = new double[2 + lags.length];
            p = new double[theta.length][theta.length];
            for (int i = 0; i < theta.length; i++) {
                p[i][i] = .1;
            }
        }

        private double[] row(double[] z, int t) {
            double[] x = new double[theta.length];
            x[0] = 1;
            for (int k = 1; k <= season; k++) {
                x[1] += measured(z[t - k]) / season;
            }
            for (int i = 0; i < lags.length; i++) {
                x[2 + i] = measured(z[t - lags[i]]);
            }
            return x;
        }

        private double measured(double z) {
            return ((float) z - measure.level()) / measure.scale();
        }

        /** The equations in the comment of {@link dev.tidecast.kernel.RecursiveLeastSquares}, with P as it is. */
        void learn(double[] z, int t) {
            double[] x = row(z, t);
            double[] px = Arrays.stream(p).mapToDouble(line -> dot(line, x)).toArray();
            double unknown = dot(x, px);
            double error = (z[t] - measure.level()) / measure.scale() - dot(theta, x);
            double beta = dot(x, x) < .01 * usual ? 1 : .9995 - .0005 / unknown;
            for (int i = 0; i < x.length; i++) {
                theta[i] += px[i] * error / (1 + unknown);
                for (int j = 0; j < x.length; j++) {
                    p[i][j] -= px[i] * px[j] / (1 / beta + unknown);
                }
            }
            usual += .01 * (dot(x, x) - usual);
        }

        double[] expected(double[] z, int t) {
            double[] known = Arrays.copyOf(z, t + HORIZON);
            for (int h = 0; h < HORIZON; h++) {
                known[t + h] = measure.level() + measure.scale() * dot(theta, row(known, t + h));
            }
            return Arrays.copyOfRange(known, t, t + HORIZON);
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("lags")
    void itIsTheEquationsOfItsCommentWithTheseLags(int[] seasons, int[] lags, int season) {
        Autoregression regression = new Autoregression(seasons, HORIZON);
        Autoregression.Measure measure = new Autoregression.Measure(48, 9);
        double[] z = noisy(3, 150);
        Plain plain = new Plain(lags, season, measure);
        for (int t = regression.reach(); t < z.length; t++) {
            plain.learn(z, t);
        }
        double[] state = learnt(regression, z, z.length, measure);
        double[] expected = regression.expected(state, past(z, z.length, regression.reach()), measure);
        // What it reads is kept as floats, its own forecasts are not.
        assertThat(expected).containsExactly(plain.expected(z, z.length), within(1e-5));
        assertThat(regression.reach()).isEqualTo(Math.max(season, lags[lags.length - 1]));
        assertThat(expected[0]).isNotCloseTo(expected[3], within(1.));
    }

    @Test
    void beforeItForgetsItIsARidgeOverAllSteps() {
        Autoregression regression = new Autoregression(new int[] {7}, HORIZON);
        Plain plain = new Plain(new int[] {1, 2, 3, 4, 6, 7, 8, 14, 15}, 7, new Autoregression.Measure(48, 9));
        double[] z = noisy(4, 120);
        DMatrixRMaj information = CommonOps_DDRM.identity(plain.theta.length);
        CommonOps_DDRM.scale(10, information);
        DMatrixRMaj moment = new DMatrixRMaj(plain.theta.length, 1);
        for (int t = regression.reach(); t < z.length; t++) {
            DMatrixRMaj x = new DMatrixRMaj(plain.theta.length, 1, true, plain.row(z, t));
            CommonOps_DDRM.multAddTransB(x, x, information);
            CommonOps_DDRM.addEquals(moment, plain.measured(z[t]), x);
        }
        DMatrixRMaj ridge = new DMatrixRMaj(plain.theta.length, 1);
        assertThat(CommonOps_DDRM.solve(information, moment, ridge)).isTrue();
        plain.theta = ridge.data;
        double[] state = learnt(regression, z, z.length, plain.measure);
        double[] expected = regression.expected(state, past(z, z.length, regression.reach()), plain.measure);
        assertThat(expected).containsExactly(plain.expected(z, z.length), within(.01));
    }

    /** Series without noise, each of which the lags of its seasons say exactly. */
    static Stream<Arguments> exact() {
        IntToDoubleFunction waves = t -> 20 + 3 * StrictMath.cos(.7 * t);
        IntToDoubleFunction week = t -> 20 + (t * t % 7) - 1.5 * (t % 7 == 5 ? 1 : 0);
        IntToDoubleFunction month = t -> week.applyAsDouble(t) + (t % 28 < 3 ? 2 : 0) - t % 28 / 14.;
        return Stream.of(
                Arguments.of("an AR(2) that never dies", new int[] {1}, waves),
                Arguments.of("a week", new int[] {7}, week),
                Arguments.of("a week in four", new int[] {7, 28}, month));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("exact")
    void aSeriesWithoutNoiseIsForecastAsItGoesOn(String name, int[] seasons, IntToDoubleFunction series) {
        Autoregression regression = new Autoregression(seasons, HORIZON);
        Autoregression.Measure measure = new Autoregression.Measure(20, 1);
        double[] z = new double[3000 + HORIZON];
        Arrays.setAll(z, series);
        double[] state = learnt(regression, z, 3000, measure);
        double[] expected = regression.expected(state, past(z, 3000, regression.reach()), measure);
        for (int h = 1; h <= HORIZON; h++) {
            assertThat(expected[h - 1]).as("step %d", h).isCloseTo(z[2999 + h], within(.02));
        }
    }

    @Test
    void aWildValueCountsAsEightScalesAndNoForecastGoesBeyondSix() {
        Autoregression regression = new Autoregression(new int[] {1}, HORIZON);
        double[] wild = new double[30];
        double[] bounded = new double[30];
        for (int t = 0; t < wild.length; t++) {
            wild[t] = t % 3 == 0 ? 1e9 : t % 5 == 0 ? -1e9 : 0;
            bounded[t] = Math.max(-8, Math.min(8, wild[t]));
        }
        assertThat(learnt(regression, wild, 30, PLAIN)).isEqualTo(learnt(regression, bounded, 30, PLAIN));
        double[] growing = new double[60];
        Arrays.setAll(growing, t -> StrictMath.pow(1.06, t) / 5);
        double[] state = learnt(regression, growing, growing.length, PLAIN);
        double[] expected = regression.expected(state, past(growing, growing.length, 10), PLAIN);
        assertThat(Arrays.stream(expected).max()).hasValue(6);
    }

    @Test
    void itExpectsTheLevelBeforeItHasLearntAnything() {
        Autoregression regression = new Autoregression(new int[] {7}, HORIZON);
        double[] state = learnt(regression, new double[0], 0, PLAIN);
        assertThat(regression.expected(state, new float[15], new Autoregression.Measure(42, 3)))
                .containsOnly(42);
    }
}
