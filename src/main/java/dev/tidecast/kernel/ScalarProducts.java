package dev.tidecast.kernel;

/**
 * The products as plain loops, in the form that C2 turns into vector code: arrays indexed by the loop variable alone, four
 * rows a pass. A lane is copied out of its vector first, because an index with an offset keeps C2 from doing so.
 */
final class ScalarProducts {
    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[4][64]);

    private ScalarProducts() {}

    static void gemm(Shape shape, float[][] w, float[] x, float[] y) {
        int m = shape.inputs();
        int n = shape.outputs();
        if (shape.lanes() == 1) {
            lane(w, x, 0, m, y, n);
            return;
        }
        float[] z = scratch(n)[0];
        for (int l = 0; l < shape.lanes(); l++) {
            System.arraycopy(y, l * n, z, 0, n);
            lane(w, x, l * m, m, z, n);
            System.arraycopy(z, 0, y, l * n, n);
        }
    }

    private static void lane(float[][] w, float[] x, int at, int m, float[] y, int n) {
        int j = 0;
        for (; j + 4 <= m; j += 4) {
            fourRows(w[j], x[at + j], w[j + 1], x[at + j + 1], w[j + 2], x[at + j + 2], w[j + 3], x[at + j + 3], y, n);
        }
        for (; j < m; j++) {
            row(w[j], x[at + j], y, n);
        }
    }

    private static void fourRows(
            float[] a, float s, float[] b, float t, float[] c, float u, float[] d, float v, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.fma(d[i], v, Math.fma(c[i], u, Math.fma(b[i], t, Math.fma(a[i], s, y[i]))));
        }
    }

    private static void row(float[] a, float s, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.fma(a[i], s, y[i]);
        }
    }

    static void outer(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to) {
        float[][] z = scratch(shape.outputs());
        for (int f = from; f < to; f++) {
            int l = 0;
            for (; l + 4 <= shape.lanes(); l += 4) {
                fourLanes(shape, dw, xs[f], dzs[f], l, z);
            }
            for (; l < shape.lanes(); l++) {
                oneLane(shape, dw, xs[f], dzs[f], l, z[0]);
            }
        }
    }

    private static void fourLanes(Shape shape, float[][] dw, float[] x, float[] dz, int l, float[][] z) {
        int m = shape.inputs();
        int n = shape.outputs();
        for (int k = 0; k < 4; k++) {
            System.arraycopy(dz, (l + k) * n, z[k], 0, n);
        }
        for (int j = 0; j < m; j++) {
            int at = l * m + j;
            fourRows(z[0], x[at], z[1], x[at + m], z[2], x[at + 2 * m], z[3], x[at + 3 * m], dw[j], n);
        }
    }

    private static void oneLane(Shape shape, float[][] dw, float[] x, float[] dz, int l, float[] z) {
        int m = shape.inputs();
        int n = shape.outputs();
        System.arraycopy(dz, l * n, z, 0, n);
        for (int j = 0; j < m; j++) {
            row(z, x[l * m + j], dw[j], n);
        }
    }

    private static float[][] scratch(int n) {
        float[][] scratch = SCRATCH.get();
        if (scratch[0].length < n) {
            scratch = new float[4][n];
            SCRATCH.set(scratch);
        }
        return scratch;
    }
}
