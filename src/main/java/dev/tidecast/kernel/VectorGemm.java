package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The product in registers: a tile of 8 lanes by 2 vectors of outputs (4 by 2 where vectors are short, because there are only
 * 16 registers then), a row of weights per round, so that a weight is loaded once for 8 lanes. Lanes that are left, and serving
 * with its one lane, go 4 vectors at a time. Each tile is a method of its own: C2 keeps vectors in registers only inside one
 * compiled loop.
 */
final class VectorGemm {
    private static final int ROWS = W == 16 ? 8 : 4;

    private VectorGemm() {}

    static void gemm(Shape shape, float[][] w, float[] x, float[] y) {
        int m = shape.inputs();
        int n = shape.outputs();
        int lanes = shape.lanes();
        int end = end(shape, w, y);
        int blocks = lanes - lanes % ROWS;
        if (blocks > 0) {
            blocks(shape, blocks, end, w, x, y);
        }
        for (int l = blocks; l < lanes; l++) {
            lane(w, x, l * m, m, y, l * n, 0, end);
        }
        if (end < n) {
            columns(shape, w, x, y, end);
        }
    }

    /** The outputs from one on, for one lane. */
    static void oneLane(Shape shape, float[][] w, float[] x, float[] y, int from) {
        if (from < shape.outputs()) {
            int end = end(shape, w, y);
            lane(w, x, 0, shape.inputs(), y, 0, from, end);
            columns(shape, w, x, y, end);
        }
    }

    /** How many outputs vectors can make: all, or else whole vectors only. */
    private static int end(Shape shape, float[][] w, float[] y) {
        int n = shape.outputs();
        int vectors = n - n % W;
        boolean all = vectors == n
                || VectorWidth.hasRoom(w, shape.inputs(), vectors) && y.length >= (shape.lanes() - 1) * n + vectors + W;
        return all ? n : vectors;
    }

    private static void blocks(Shape shape, int lanes, int end, float[][] w, float[] x, float[] y) {
        int m = shape.inputs();
        int n = shape.outputs();
        int i = 0;
        for (; i + 2 * W <= end; i += 2 * W) {
            for (int l = 0; l < lanes; l += ROWS) {
                if (ROWS == 8) {
                    tile8x2(w, i, x, l * m, m, y, l * n + i, n);
                } else {
                    tile4x2(w, i, x, l * m, m, y, l * n + i, n);
                }
            }
        }
        for (; i < end; i += W) {
            VectorMask<Float> mask = VectorWidth.first(end - i);
            for (int l = 0; l < lanes; l += ROWS) {
                if (ROWS == 8) {
                    tile8x1(w, i, x, l * m, m, y, l * n + i, n, mask);
                } else {
                    tile4x1(w, i, x, l * m, m, y, l * n + i, n, mask);
                }
            }
        }
    }

    private static void lane(float[][] w, float[] x, int xAt, int m, float[] y, int yAt, int from, int end) {
        int i = from;
        for (; i + 4 * W <= end; i += 4 * W) {
            tile1x4(w, i, x, xAt, m, y, yAt + i);
        }
        for (; i + 2 * W <= end; i += 2 * W) {
            tile1x2(w, i, x, xAt, m, y, yAt + i);
        }
        for (; i < end; i += W) {
            tile1x1(w, i, x, xAt, m, y, yAt + i, VectorWidth.first(end - i));
        }
    }

    private static void columns(Shape shape, float[][] w, float[] x, float[] y, int from) {
        int m = shape.inputs();
        int n = shape.outputs();
        for (int l = 0; l < shape.lanes(); l++) {
            for (int i = from; i < n; i++) {
                float sum = y[l * n + i];
                for (int j = 0; j < m; j++) {
                    sum = Math.fma(w[j][i], x[l * m + j], sum);
                }
                y[l * n + i] = sum;
            }
        }
    }

    private static void tile8x2(float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt, int n) {
        FloatVector a0 = FloatVector.fromArray(S, y, yAt), b0 = FloatVector.fromArray(S, y, yAt + W);
        FloatVector a1 = FloatVector.fromArray(S, y, yAt + n), b1 = FloatVector.fromArray(S, y, yAt + n + W);
        FloatVector a2 = FloatVector.fromArray(S, y, yAt + 2 * n), b2 = FloatVector.fromArray(S, y, yAt + 2 * n + W);
        FloatVector a3 = FloatVector.fromArray(S, y, yAt + 3 * n), b3 = FloatVector.fromArray(S, y, yAt + 3 * n + W);
        FloatVector a4 = FloatVector.fromArray(S, y, yAt + 4 * n), b4 = FloatVector.fromArray(S, y, yAt + 4 * n + W);
        FloatVector a5 = FloatVector.fromArray(S, y, yAt + 5 * n), b5 = FloatVector.fromArray(S, y, yAt + 5 * n + W);
        FloatVector a6 = FloatVector.fromArray(S, y, yAt + 6 * n), b6 = FloatVector.fromArray(S, y, yAt + 6 * n + W);
        FloatVector a7 = FloatVector.fromArray(S, y, yAt + 7 * n), b7 = FloatVector.fromArray(S, y, yAt + 7 * n + W);
        for (int j = 0; j < m; j++) {
            float[] row = w[j];
            int at = xAt + j;
            FloatVector u = FloatVector.fromArray(S, row, i);
            FloatVector v = FloatVector.fromArray(S, row, i + W);
            FloatVector s = FloatVector.broadcast(S, x[at]);
            a0 = u.fma(s, a0);
            b0 = v.fma(s, b0);
            s = FloatVector.broadcast(S, x[at + m]);
            a1 = u.fma(s, a1);
            b1 = v.fma(s, b1);
            s = FloatVector.broadcast(S, x[at + 2 * m]);
            a2 = u.fma(s, a2);
            b2 = v.fma(s, b2);
            s = FloatVector.broadcast(S, x[at + 3 * m]);
            a3 = u.fma(s, a3);
            b3 = v.fma(s, b3);
            s = FloatVector.broadcast(S, x[at + 4 * m]);
            a4 = u.fma(s, a4);
            b4 = v.fma(s, b4);
            s = FloatVector.broadcast(S, x[at + 5 * m]);
            a5 = u.fma(s, a5);
            b5 = v.fma(s, b5);
            s = FloatVector.broadcast(S, x[at + 6 * m]);
            a6 = u.fma(s, a6);
            b6 = v.fma(s, b6);
            s = FloatVector.broadcast(S, x[at + 7 * m]);
            a7 = u.fma(s, a7);
            b7 = v.fma(s, b7);
        }
        a0.intoArray(y, yAt);
        b0.intoArray(y, yAt + W);
        a1.intoArray(y, yAt + n);
        b1.intoArray(y, yAt + n + W);
        a2.intoArray(y, yAt + 2 * n);
        b2.intoArray(y, yAt + 2 * n + W);
        a3.intoArray(y, yAt + 3 * n);
        b3.intoArray(y, yAt + 3 * n + W);
        a4.intoArray(y, yAt + 4 * n);
        b4.intoArray(y, yAt + 4 * n + W);
        a5.intoArray(y, yAt + 5 * n);
        b5.intoArray(y, yAt + 5 * n + W);
        a6.intoArray(y, yAt + 6 * n);
        b6.intoArray(y, yAt + 6 * n + W);
        a7.intoArray(y, yAt + 7 * n);
        b7.intoArray(y, yAt + 7 * n + W);
    }

    private static void tile4x2(float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt, int n) {
        FloatVector a0 = FloatVector.fromArray(S, y, yAt), b0 = FloatVector.fromArray(S, y, yAt + W);
        FloatVector a1 = FloatVector.fromArray(S, y, yAt + n), b1 = FloatVector.fromArray(S, y, yAt + n + W);
        FloatVector a2 = FloatVector.fromArray(S, y, yAt + 2 * n), b2 = FloatVector.fromArray(S, y, yAt + 2 * n + W);
        FloatVector a3 = FloatVector.fromArray(S, y, yAt + 3 * n), b3 = FloatVector.fromArray(S, y, yAt + 3 * n + W);
        for (int j = 0; j < m; j++) {
            float[] row = w[j];
            int at = xAt + j;
            FloatVector u = FloatVector.fromArray(S, row, i);
            FloatVector v = FloatVector.fromArray(S, row, i + W);
            FloatVector s = FloatVector.broadcast(S, x[at]);
            a0 = u.fma(s, a0);
            b0 = v.fma(s, b0);
            s = FloatVector.broadcast(S, x[at + m]);
            a1 = u.fma(s, a1);
            b1 = v.fma(s, b1);
            s = FloatVector.broadcast(S, x[at + 2 * m]);
            a2 = u.fma(s, a2);
            b2 = v.fma(s, b2);
            s = FloatVector.broadcast(S, x[at + 3 * m]);
            a3 = u.fma(s, a3);
            b3 = v.fma(s, b3);
        }
        a0.intoArray(y, yAt);
        b0.intoArray(y, yAt + W);
        a1.intoArray(y, yAt + n);
        b1.intoArray(y, yAt + n + W);
        a2.intoArray(y, yAt + 2 * n);
        b2.intoArray(y, yAt + 2 * n + W);
        a3.intoArray(y, yAt + 3 * n);
        b3.intoArray(y, yAt + 3 * n + W);
    }

    private static void tile8x1(
            float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt, int n, VectorMask<Float> mask) {
        FloatVector a0 = FloatVector.fromArray(S, y, yAt);
        FloatVector a1 = FloatVector.fromArray(S, y, yAt + n);
        FloatVector a2 = FloatVector.fromArray(S, y, yAt + 2 * n);
        FloatVector a3 = FloatVector.fromArray(S, y, yAt + 3 * n);
        FloatVector a4 = FloatVector.fromArray(S, y, yAt + 4 * n);
        FloatVector a5 = FloatVector.fromArray(S, y, yAt + 5 * n);
        FloatVector a6 = FloatVector.fromArray(S, y, yAt + 6 * n);
        FloatVector a7 = FloatVector.fromArray(S, y, yAt + 7 * n);
        for (int j = 0; j < m; j++) {
            int at = xAt + j;
            FloatVector u = FloatVector.fromArray(S, w[j], i);
            a0 = u.fma(FloatVector.broadcast(S, x[at]), a0);
            a1 = u.fma(FloatVector.broadcast(S, x[at + m]), a1);
            a2 = u.fma(FloatVector.broadcast(S, x[at + 2 * m]), a2);
            a3 = u.fma(FloatVector.broadcast(S, x[at + 3 * m]), a3);
            a4 = u.fma(FloatVector.broadcast(S, x[at + 4 * m]), a4);
            a5 = u.fma(FloatVector.broadcast(S, x[at + 5 * m]), a5);
            a6 = u.fma(FloatVector.broadcast(S, x[at + 6 * m]), a6);
            a7 = u.fma(FloatVector.broadcast(S, x[at + 7 * m]), a7);
        }
        VectorWidth.store(a0, y, yAt, mask);
        VectorWidth.store(a1, y, yAt + n, mask);
        VectorWidth.store(a2, y, yAt + 2 * n, mask);
        VectorWidth.store(a3, y, yAt + 3 * n, mask);
        VectorWidth.store(a4, y, yAt + 4 * n, mask);
        VectorWidth.store(a5, y, yAt + 5 * n, mask);
        VectorWidth.store(a6, y, yAt + 6 * n, mask);
        VectorWidth.store(a7, y, yAt + 7 * n, mask);
    }

    private static void tile4x1(
            float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt, int n, VectorMask<Float> mask) {
        FloatVector a0 = FloatVector.fromArray(S, y, yAt);
        FloatVector a1 = FloatVector.fromArray(S, y, yAt + n);
        FloatVector a2 = FloatVector.fromArray(S, y, yAt + 2 * n);
        FloatVector a3 = FloatVector.fromArray(S, y, yAt + 3 * n);
        for (int j = 0; j < m; j++) {
            int at = xAt + j;
            FloatVector u = FloatVector.fromArray(S, w[j], i);
            a0 = u.fma(FloatVector.broadcast(S, x[at]), a0);
            a1 = u.fma(FloatVector.broadcast(S, x[at + m]), a1);
            a2 = u.fma(FloatVector.broadcast(S, x[at + 2 * m]), a2);
            a3 = u.fma(FloatVector.broadcast(S, x[at + 3 * m]), a3);
        }
        VectorWidth.store(a0, y, yAt, mask);
        VectorWidth.store(a1, y, yAt + n, mask);
        VectorWidth.store(a2, y, yAt + 2 * n, mask);
        VectorWidth.store(a3, y, yAt + 3 * n, mask);
    }

    private static void tile1x4(float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt) {
        FloatVector a = FloatVector.fromArray(S, y, yAt);
        FloatVector b = FloatVector.fromArray(S, y, yAt + W);
        FloatVector c = FloatVector.fromArray(S, y, yAt + 2 * W);
        FloatVector d = FloatVector.fromArray(S, y, yAt + 3 * W);
        for (int j = 0; j < m; j++) {
            float[] row = w[j];
            FloatVector s = FloatVector.broadcast(S, x[xAt + j]);
            a = FloatVector.fromArray(S, row, i).fma(s, a);
            b = FloatVector.fromArray(S, row, i + W).fma(s, b);
            c = FloatVector.fromArray(S, row, i + 2 * W).fma(s, c);
            d = FloatVector.fromArray(S, row, i + 3 * W).fma(s, d);
        }
        a.intoArray(y, yAt);
        b.intoArray(y, yAt + W);
        c.intoArray(y, yAt + 2 * W);
        d.intoArray(y, yAt + 3 * W);
    }

    private static void tile1x2(float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt) {
        FloatVector a = FloatVector.fromArray(S, y, yAt);
        FloatVector b = FloatVector.fromArray(S, y, yAt + W);
        for (int j = 0; j < m; j++) {
            float[] row = w[j];
            FloatVector s = FloatVector.broadcast(S, x[xAt + j]);
            a = FloatVector.fromArray(S, row, i).fma(s, a);
            b = FloatVector.fromArray(S, row, i + W).fma(s, b);
        }
        a.intoArray(y, yAt);
        b.intoArray(y, yAt + W);
    }

    private static void tile1x1(
            float[][] w, int i, float[] x, int xAt, int m, float[] y, int yAt, VectorMask<Float> mask) {
        FloatVector a = FloatVector.fromArray(S, y, yAt);
        for (int j = 0; j < m; j++) {
            a = FloatVector.fromArray(S, w[j], i).fma(FloatVector.broadcast(S, x[xAt + j]), a);
        }
        VectorWidth.store(a, y, yAt, mask);
    }
}
