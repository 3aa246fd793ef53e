package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain loops and vectors of 128, 256 and 512 bits give the same bits, for every size and number of lanes. */
class KernelBitsTest {
    private static final int[] SIZES = {1, 3, 7, 16, 17, 31, 33, 41, 64, 100, 129};
    private static final int[] LANES = {1, 2, 5, 8, 16, 19, 32};

    static Stream<Arguments> kernelsAndSizes() {
        return Widths.ALL.stream()
                .skip(1)
                .flatMap(k -> Arrays.stream(SIZES).mapToObj(n -> Arguments.of(k.name(), k, n)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void productsAgree(String name, Kernels kernels, int n) {
        for (int m : SIZES) {
            for (int lanes : LANES) {
                for (int spare : new int[] {0, Kernels.ROOM}) {
                    Fixture a = new Fixture(new Shape(m, n, lanes), spare, 3);
                    Fixture b = new Fixture(new Shape(m, n, lanes), spare, 3);
                    a.product(Widths.ALL.get(0));
                    b.product(kernels);
                    assertThat(b.bits()).as("%s spare %d", a.shape, spare).isEqualTo(a.bits());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void gradientsOfProductsAgree(String name, Kernels kernels, int n) {
        for (int m : SIZES) {
            for (int lanes : LANES) {
                for (int spare : new int[] {0, Kernels.ROOM}) {
                    Fixture a = new Fixture(new Shape(m, n, lanes), spare, 3);
                    Fixture b = new Fixture(new Shape(m, n, lanes), spare, 3);
                    a.gradient(Widths.ALL.get(0));
                    b.gradient(kernels);
                    assertThat(b.bits()).as("%s spare %d", a.shape, spare).isEqualTo(a.bits());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void everythingElementWiseAgrees(String name, Kernels kernels, int n) {
        List<BiConsumer<Kernels, float[][]>> calls = elementWise(n);
        for (int call = 0; call < calls.size(); call++) {
            for (boolean wild : new boolean[] {false, true}) {
                float[][] expected = vectors(n, call, wild);
                float[][] actual = vectors(n, call, wild);
                calls.get(call).accept(Widths.ALL.get(0), expected);
                calls.get(call).accept(kernels, actual);
                assertThat(bits(actual)).as("call %d wild %s", call, wild).isEqualTo(bits(expected));
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void sumsAgree(String name, Kernels kernels, int n) {
        Kernels scalar = Widths.ALL.get(0);
        float[][] v = vectors(n + 5, n, false);
        for (int at = 0; at <= 5; at++) {
            assertThat(kernels.dot(v[0], at, v[1], 5 - at, n)).isEqualTo(scalar.dot(v[0], at, v[1], 5 - at, n));
            assertThat(kernels.sum(v[0], at, n)).isEqualTo(scalar.sum(v[0], at, n));
            assertThat(kernels.sumOfSquares(v[0], at, n)).isEqualTo(scalar.sumOfSquares(v[0], at, n));
            assertThat(kernels.max(v[0], at, n)).isEqualTo(scalar.max(v[0], at, n));
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void oneNumberThatIsNotFiniteIsNoticedWhereverItStands(String name, Kernels kernels, int n) {
        float[] x = new float[n + 2];
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int i = 0; i < n + 2; i++) {
                x[i] = bad;
                assertThat(kernels.isFinite(x, 1, n)).isEqualTo(i == 0 || i == n + 1);
                x[i] = Float.MAX_VALUE;
            }
        }
        assertThat(kernels.isFinite(x, 0, n + 2)).isTrue();
    }

    private static List<BiConsumer<Kernels, float[][]>> elementWise(int n) {
        AdamStep step = new AdamStep(0.9f, 0.999f, 0.01f, 1.5f, 1e-8f, 0.9999f);
        return List.of(
                (k, v) -> k.tanh(v[0], v[1], n),
                (k, v) -> k.tanh(v[0], v[0], n),
                (k, v) -> k.sigmoid(v[0], v[1], n),
                (k, v) -> k.sigmoid(v[0], v[0], n),
                (k, v) -> k.exp(v[0], v[1], n),
                (k, v) -> k.exp(v[0], v[0], n),
                (k, v) -> k.log(v[0], v[1], n),
                (k, v) -> k.log(v[0], v[0], n),
                (k, v) -> k.softplus(v[0], v[1], n),
                (k, v) -> k.softplus(v[0], v[0], n),
                (k, v) -> k.relu(0.01f, v[0], v[1], n),
                (k, v) -> k.relu(0f, v[0], v[0], n),
                (k, v) -> k.tanhSlope(v[0], v[1], v[2], n),
                (k, v) -> k.sigmoidSlope(v[0], v[1], v[2], n),
                (k, v) -> k.softplusSlope(v[0], v[1], v[2], n),
                (k, v) -> k.logSlope(v[0], v[1], v[2], n),
                (k, v) -> k.reluSlope(0.01f, v[0], v[1], v[2], n),
                (k, v) -> k.add(v[0], v[1], v[2], n),
                (k, v) -> k.add(v[0], v[1], v[1], n),
                (k, v) -> k.subtract(v[0], v[1], v[2], n),
                (k, v) -> k.multiply(v[0], v[1], v[2], n),
                (k, v) -> k.multiplyAdd(v[0], v[1], v[2], n),
                (k, v) -> k.scale(0.3f, v[0], v[1], n),
                (k, v) -> k.axpy(0.3f, v[0], 1, v[1], 2, n - 2),
                (k, v) -> k.blend(v[0], v[1], v[2], v[3], n),
                (k, v) -> k.softmax(v[0], v[1], 1, n - 1),
                (k, v) -> k.softmaxSlope(v[0], v[1], v[2], 1, n - 1),
                (k, v) -> k.bias(v[0], v[1], n / 3, 3),
                (k, v) -> k.biasSlope(v, 0, 2, v[3], n / 3, 3),
                (k, v) -> k.diagonal(v[0], v[1], v[2], n / 3, 3),
                (k, v) -> k.diagonalSlope(v[0], v[1], v[2], n / 3, 3),
                (k, v) -> k.adam(step, v[0], v[1], v[2], v[4], n),
                (k, v) -> k.descend(0.1f, 0.9f, 0.999f, v[0], v[1], v[2], n));
    }

    /** Four vectors of any sign and a positive one; wild: over all magnitudes, with infinities and NaN. */
    private static float[][] vectors(int n, int seed, boolean wild) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] v = new float[5][n];
        for (float[] row : v) {
            for (int i = 0; i < n; i++) {
                row[i] = wild ? Float.intBitsToFloat(random.nextInt()) : (float) (10 * random.nextDouble() - 5);
            }
        }
        for (int i = 0; i < n; i++) {
            v[4][i] = Math.abs(v[4][i]);
        }
        return v;
    }

    static int[] bits(float[]... vectors) {
        return Arrays.stream(vectors)
                .flatMapToInt(v -> java.util.stream.IntStream.range(0, v.length).map(i -> Float.floatToIntBits(v[i])))
                .toArray();
    }

    /** A product with everything around it; two frames. */
    private static final class Fixture {
        final Shape shape;
        final float[][] w;
        final float[][] xs = new float[3][];
        final float[][] ys = new float[3][];

        Fixture(Shape shape, int spare, int seed) {
            SplittableRandom random = new SplittableRandom(seed);
            this.shape = shape;
            w = new float[shape.inputs()][];
            for (int j = 0; j < w.length; j++) {
                w[j] = fill(random, shape.outputs() + spare);
            }
            for (int f = 0; f < 3; f++) {
                xs[f] = fill(random, shape.inputs() * shape.lanes() + spare);
                ys[f] = fill(random, shape.outputs() * shape.lanes() + spare);
            }
        }

        private static float[] fill(SplittableRandom random, int n) {
            float[] v = new float[n];
            for (int i = 0; i < n; i++) {
                v[i] = (float) random.nextDouble() - 0.5f;
            }
            return v;
        }

        void product(Kernels kernels) {
            kernels.gemm(shape, w, xs[0], ys[0]);
        }

        void gradient(Kernels kernels) {
            kernels.outer(shape, w, xs, ys, 0, 3);
        }

        int[] bits() {
            int[] all = KernelBitsTest.bits(w);
            int[] out = KernelBitsTest.bits(ys);
            int[] both = Arrays.copyOf(all, all.length + out.length);
            System.arraycopy(out, 0, both, all.length, out.length);
            return both;
        }
    }
}
