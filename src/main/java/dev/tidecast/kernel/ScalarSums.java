package dev.tidecast.kernel;

/** Sums as plain loops, in the order of {@link FixedTree}. */
final class ScalarSums {
    private ScalarSums() {}

    static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        int whole = n - n % FixedTree.WIDTH;
        float s0 = quarter(a, aAt, b, bAt, whole, 0);
        float s1 = quarter(a, aAt, b, bAt, whole, 1);
        float s2 = quarter(a, aAt, b, bAt, whole, 2);
        float s3 = quarter(a, aAt, b, bAt, whole, 3);
        float sum = FixedTree.four(s0, s1, s2, s3);
        for (int i = whole; i < n; i++) {
            sum = Math.fma(a[aAt + i], b[bAt + i], sum);
        }
        return sum;
    }

    /** Accumulators k, k + 4, k + 8 and k + 12: the tree adds them as (k + k8) + (k4 + k12). */
    private static float quarter(float[] a, int aAt, float[] b, int bAt, int whole, int k) {
        float s0 = 0f;
        float s4 = 0f;
        float s8 = 0f;
        float s12 = 0f;
        for (int i = k; i < whole; i += FixedTree.WIDTH) {
            s0 = Math.fma(a[aAt + i], b[bAt + i], s0);
            s4 = Math.fma(a[aAt + i + 4], b[bAt + i + 4], s4);
            s8 = Math.fma(a[aAt + i + 8], b[bAt + i + 8], s8);
            s12 = Math.fma(a[aAt + i + 12], b[bAt + i + 12], s12);
        }
        return FixedTree.four(s0, s4, s8, s12);
    }

    static float sum(float[] x, int at, int n) {
        int whole = n - n % FixedTree.WIDTH;
        float sum = FixedTree.four(
                quarter(x, at, whole, 0), quarter(x, at, whole, 1), quarter(x, at, whole, 2), quarter(x, at, whole, 3));
        for (int i = whole; i < n; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    private static float quarter(float[] x, int at, int whole, int k) {
        float s0 = 0f;
        float s4 = 0f;
        float s8 = 0f;
        float s12 = 0f;
        for (int i = k; i < whole; i += FixedTree.WIDTH) {
            s0 += x[at + i];
            s4 += x[at + i + 4];
            s8 += x[at + i + 8];
            s12 += x[at + i + 12];
        }
        return FixedTree.four(s0, s4, s8, s12);
    }

    static float max(float[] x, int at, int n) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    static boolean isFinite(float[] x, int at, int n) {
        float zero = 0f;
        for (int i = at; i < at + n; i++) {
            zero = Math.fma(x[i], 0f, zero);
        }
        return zero == 0f;
    }
}
