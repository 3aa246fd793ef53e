package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;

/**
 * Sums and largest values, in the order of {@link FixedTree}: its 16 accumulators are one vector of 512 bits, two of 256 or
 * four of 128. The last halves are added element by element, as lanes are reduced in different orders on different hardware.
 */
final class VectorSums {
    private static final ThreadLocal<float[]> ACCUMULATORS = ThreadLocal.withInitial(() -> new float[FixedTree.WIDTH]);

    private VectorSums() {}

    static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        int whole = n - n % FixedTree.WIDTH;
        float sum = 0f;
        if (whole > 0) {
            float[] sums = ACCUMULATORS.get();
            for (int k = 0; k < FixedTree.WIDTH; k += W) {
                dot(a, aAt + k, b, bAt + k, whole - k, sums, k);
            }
            sum = FixedTree.sum(sums);
        }
        for (int i = whole; i < n; i++) {
            sum = Math.fma(a[aAt + i], b[bAt + i], sum);
        }
        return sum;
    }

    private static void dot(float[] a, int aAt, float[] b, int bAt, int n, float[] sums, int at) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < n; i += FixedTree.WIDTH) {
            sum = FloatVector.fromArray(S, a, aAt + i).fma(FloatVector.fromArray(S, b, bAt + i), sum);
        }
        sum.intoArray(sums, at);
    }

    static float sum(float[] x, int at, int n) {
        int whole = n - n % FixedTree.WIDTH;
        float sum = 0f;
        if (whole > 0) {
            float[] sums = ACCUMULATORS.get();
            for (int k = 0; k < FixedTree.WIDTH; k += W) {
                sum(x, at + k, whole - k, sums, k);
            }
            sum = FixedTree.sum(sums);
        }
        for (int i = whole; i < n; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    private static void sum(float[] x, int at, int n, float[] sums, int sumsAt) {
        FloatVector sum = FloatVector.zero(S);
        for (int i = 0; i < n; i += FixedTree.WIDTH) {
            sum = sum.add(FloatVector.fromArray(S, x, at + i));
        }
        sum.intoArray(sums, sumsAt);
    }

    /** sums[i] += x[l n + i], lanes ascending. */
    static void lanes(float[] x, float[] sums, int n, int lanes) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector sum = FloatVector.fromArray(S, sums, i);
            for (int l = 0; l < lanes; l++) {
                sum = sum.add(FloatVector.fromArray(S, x, l * n + i));
            }
            sum.intoArray(sums, i);
        }
        for (; i < n; i++) {
            for (int l = 0; l < lanes; l++) {
                sums[i] += x[l * n + i];
            }
        }
    }

    static boolean isFinite(float[] x, int at, int n) {
        int whole = n - n % W;
        FloatVector zero = FloatVector.zero(S);
        for (int i = 0; i < whole; i += W) {
            zero = FloatVector.fromArray(S, x, at + i).fma(FloatVector.zero(S), zero);
        }
        return zero.eq(0f).allTrue() && ScalarSums.isFinite(x, at + whole, n - whole);
    }
}
