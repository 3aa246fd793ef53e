package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The products against EJML in double, which knows nothing of lanes, tiles or the order of sums. */
class ProductsTest {
    private static final int[] SIZES = {1, 3, 7, 16, 17, 31, 33, 41, 64, 100, 129};
    private static final int FRAMES = 5;

    static Stream<Arguments> kernelsAndSizes() {
        return Widths.ALL.stream().flatMap(k -> Arrays.stream(SIZES).mapToObj(n -> Arguments.of(k.name(), k, n)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void theProductIsThatOfTheOracle(String name, Kernels kernels, int n) {
        for (int m : SIZES) {
            for (int lanes : new int[] {1, 3, 16}) {
                DMatrixRMaj w = random(m, n, 1);
                DMatrixRMaj x = random(lanes, m, 2);
                DMatrixRMaj y = random(lanes, n, 3);
                float[] actual = flat(y);
                kernels.gemm(new Shape(m, n, lanes), rows(w), flat(x), actual);
                CommonOps_DDRM.multAdd(x, w, y);
                assertClose(actual, y, m);
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void theGradientToTheInputIsTheProductWithTransposedRows(String name, Kernels kernels, int n) {
        for (int m : SIZES) {
            DMatrixRMaj w = random(m, n, 4);
            DMatrixRMaj dy = random(7, n, 5);
            DMatrixRMaj dx = random(7, m, 6);
            float[] actual = flat(dx);
            float[][] columns = new float[n][m];
            kernels.transpose(rows(w), columns, n);
            kernels.gemm(new Shape(m, n, 7).transposed(), columns, flat(dy), actual);
            CommonOps_DDRM.multAddTransB(dy, w, dx);
            assertClose(actual, dx, n);
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void theGradientOfTheWeightsIsThatOfTheOracle(String name, Kernels kernels, int n) {
        for (int m : SIZES) {
            for (int lanes : new int[] {1, 3, 16}) {
                DMatrixRMaj dw = random(m, n, 7);
                float[][] actual = rows(dw);
                float[][] xs = new float[FRAMES][];
                float[][] dzs = new float[FRAMES][];
                for (int f = 0; f < FRAMES; f++) {
                    DMatrixRMaj x = random(lanes, m, 10 + f);
                    DMatrixRMaj dz = random(lanes, n, 20 + f);
                    xs[f] = flat(x);
                    dzs[f] = flat(dz);
                    if (f > 0) {
                        CommonOps_DDRM.multAddTransA(x, dz, dw);
                    }
                }
                kernels.outer(new Shape(m, n, lanes), actual, xs, dzs, 1, FRAMES);
                assertClose(flat(actual, n), dw, FRAMES * lanes);
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void aLaneHasTheBitsItHasAlone(String name, Kernels kernels, int n) {
        Shape shape = new Shape(41, n, 19);
        float[][] w = rows(random(41, n, 1));
        float[] x = flat(random(19, 41, 2));
        float[] y = flat(random(19, n, 3));
        float[] together = y.clone();
        kernels.gemm(shape, w, x, together);
        for (int l = 0; l < 19; l++) {
            float[] alone = Arrays.copyOfRange(y, l * n, l * n + n);
            kernels.gemm(shape.withLanes(1), w, Arrays.copyOfRange(x, l * 41, l * 41 + 41), alone);
            assertThat(KernelBitsTest.bits(alone))
                    .isEqualTo(KernelBitsTest.bits(Arrays.copyOfRange(together, l * n, l * n + n)));
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void stripsChangeNoBit(String name, Kernels kernels, int n) {
        for (int outputs : new int[] {n, n + 256}) {
            for (int lanes : new int[] {1, 3}) {
                Shape shape = new Shape(41, outputs, lanes);
                float[][] w = rows(random(41, outputs, 1));
                float[] strips = new float[kernels.strips(41, outputs)];
                kernels.cut(w, strips, outputs);
                float[] x = flat(random(lanes, 41, 2));
                float[] actual = flat(random(lanes, outputs, 3));
                float[] expected = actual.clone();
                kernels.gemm(shape, w, strips, x, actual);
                new ScalarKernels().gemm(shape, w, x, expected);
                assertThat(KernelBitsTest.bits(actual)).isEqualTo(KernelBitsTest.bits(expected));
            }
        }
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void whatLiesBehindAVectorIsNeitherSeenNorTouched(String name, Kernels kernels, int n) {
        Shape shape = new Shape(5, n, 3);
        float[][] w = rows(random(5, n, 1));
        float[] x = flat(random(3, 5, 2));
        float[] plain = new float[3 * n];
        kernels.gemm(shape, w, x, plain);
        float[][] spare = new float[5][];
        for (int j = 0; j < 5; j++) {
            spare[j] = withRoom(w[j], Float.NaN);
        }
        float[] y = withRoom(new float[3 * n], Float.POSITIVE_INFINITY);
        kernels.gemm(shape, spare, withRoom(x, Float.NaN), y);
        assertThat(y).isEqualTo(withRoom(plain, Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void aDeadLaneLeavesTheGradientAsItIs(String name, Kernels kernels, int n) {
        float[][] alive = rows(random(9, n, 1));
        float[][] padded = rows(random(9, n, 1));
        float[] x = flat(random(4, 9, 2));
        float[] dz = flat(random(4, n, 3));
        Arrays.fill(dz, 0, n, 0f);
        kernels.outer(new Shape(9, n, 4), padded, new float[][] {x}, new float[][] {dz}, 0, 1);
        float[] lastX = Arrays.copyOfRange(x, 9, 36);
        float[] lastDz = Arrays.copyOfRange(dz, n, 4 * n);
        kernels.outer(new Shape(9, n, 3), alive, new float[][] {lastX}, new float[][] {lastDz}, 0, 1);
        assertThat(padded).isDeepEqualTo(alive);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("kernelsAndSizes")
    void flatWeightsBecomeRowsAndFlatAgain(String name, Kernels kernels, int n) {
        float[] flat = flat(random(1, 3 + 5 * n, 1));
        float[][] rows = new float[5][n];
        kernels.pack(flat, 3, rows, n);
        float[] back = new float[flat.length];
        kernels.unpack(rows, back, 3, n);
        assertThat(Arrays.copyOfRange(back, 3, back.length)).isEqualTo(Arrays.copyOfRange(flat, 3, flat.length));
        assertThat(rows[4][n - 1]).isEqualTo(flat[flat.length - 1]);
    }

    private static float[] withRoom(float[] v, float filler) {
        float[] longer = Arrays.copyOf(v, v.length + Kernels.ROOM);
        Arrays.fill(longer, v.length, longer.length, filler);
        return longer;
    }

    private static DMatrixRMaj random(int rows, int columns, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextDouble() - 0.5f;
        }
        return matrix;
    }

    private static float[] flat(DMatrixRMaj matrix) {
        float[] flat = new float[matrix.data.length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) matrix.data[i];
        }
        return flat;
    }

    private static float[] flat(float[][] rows, int n) {
        float[] flat = new float[rows.length * n];
        new ScalarKernels().unpack(rows, flat, 0, n);
        return flat;
    }

    private static float[][] rows(DMatrixRMaj matrix) {
        float[][] rows = new float[matrix.numRows][matrix.numCols];
        new ScalarKernels().pack(flat(matrix), 0, rows, matrix.numCols);
        return rows;
    }

    /** A sum of k products of numbers below a half: rounding grows with k at most. */
    private static void assertClose(float[] actual, DMatrixRMaj expected, int k) {
        double tolerance = (k + 2) * 0x1p-24;
        assertThat(actual).hasSize(expected.data.length);
        for (int i = 0; i < actual.length; i++) {
            if (!(Math.abs(actual[i] - expected.data[i]) <= tolerance)) {
                throw new AssertionError("element " + i + ": " + actual[i] + ", not " + expected.data[i]);
            }
        }
    }
}
