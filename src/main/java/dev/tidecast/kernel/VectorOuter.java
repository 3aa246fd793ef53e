package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The gradient of the weights in registers: a tile of 8 inputs by 2 vectors of outputs (4 by 2 where vectors are short) over all
 * lanes of a frame. Few lanes: frames are first laid side by side, so that a tile's sums stay in registers for at least 16
 * rounds; the order of the sum is the same.
 */
final class VectorOuter {
    private static final int ROWS = W == 16 ? 8 : 4;
    private static final int ROUNDS = 16;
    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[2][0]);

    private VectorOuter() {}

    static void outer(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to) {
        int lanes = shape.lanes();
        if (lanes >= ROUNDS) {
            for (int f = from; f < to; f++) {
                frame(shape, lanes, dw, xs[f], dzs[f]);
            }
            return;
        }
        int group = (ROUNDS + lanes - 1) / lanes;
        for (int f = from; f < to; f += group) {
            gathered(shape, dw, xs, dzs, f, Math.min(to, f + group));
        }
    }

    /** Frames from .. to - 1 as if they were one with more lanes. */
    private static void gathered(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to) {
        int m = shape.inputs() * shape.lanes();
        int n = shape.outputs() * shape.lanes();
        float[][] scratch = SCRATCH.get();
        scratch[0] = room(scratch[0], m * (to - from));
        scratch[1] = room(scratch[1], n * (to - from) + W);
        for (int f = from; f < to; f++) {
            System.arraycopy(xs[f], 0, scratch[0], (f - from) * m, m);
            System.arraycopy(dzs[f], 0, scratch[1], (f - from) * n, n);
        }
        frame(shape, (to - from) * shape.lanes(), dw, scratch[0], scratch[1]);
    }

    private static float[] room(float[] scratch, int size) {
        return scratch.length >= size ? scratch : new float[size];
    }

    private static void frame(Shape shape, int lanes, float[][] dw, float[] x, float[] dz) {
        int m = shape.inputs();
        int n = shape.outputs();
        int vectors = n - n % W;
        boolean room = VectorWidth.hasRoom(dw, m, vectors) && dz.length >= (lanes - 1) * n + vectors + W;
        int end = room ? n : vectors;
        int j = 0;
        for (; j + ROWS <= m; j += ROWS) {
            rows(shape, lanes, end, dw, j, x, dz);
        }
        for (; j + 4 <= m; j += 4) {
            fourRows(shape, lanes, end, dw, j, x, dz);
        }
        for (; j < m; j++) {
            for (int i = 0; i < end; i += W) {
                tile1x1(dw[j], i, x, j, dz, lanes, m, n, VectorWidth.first(end - i));
            }
        }
        if (!room) {
            columns(shape, lanes, dw, x, dz, end);
        }
    }

    private static void rows(Shape shape, int lanes, int end, float[][] dw, int j, float[] x, float[] dz) {
        int i = 0;
        for (; i + 2 * W <= end; i += 2 * W) {
            if (ROWS == 8) {
                tile8x2(dw, j, i, x, dz, lanes, shape.inputs(), shape.outputs());
            } else {
                tile4x2(dw, j, i, x, dz, lanes, shape.inputs(), shape.outputs());
            }
        }
        for (; i < end; i += W) {
            VectorMask<Float> mask = VectorWidth.first(end - i);
            if (ROWS == 8) {
                tile8x1(dw, j, i, x, dz, lanes, shape.inputs(), shape.outputs(), mask);
            } else {
                tile4x1(dw, j, i, x, dz, lanes, shape.inputs(), shape.outputs(), mask);
            }
        }
    }

    private static void fourRows(Shape shape, int lanes, int end, float[][] dw, int j, float[] x, float[] dz) {
        for (int k = 0; k < end; k += W) {
            tile4x1(dw, j, k, x, dz, lanes, shape.inputs(), shape.outputs(), VectorWidth.first(end - k));
        }
    }

    private static void columns(Shape shape, int lanes, float[][] dw, float[] x, float[] dz, int from) {
        int m = shape.inputs();
        int n = shape.outputs();
        for (int j = 0; j < m; j++) {
            for (int i = from; i < n; i++) {
                float sum = dw[j][i];
                for (int l = 0; l < lanes; l++) {
                    sum = Math.fma(x[l * m + j], dz[l * n + i], sum);
                }
                dw[j][i] = sum;
            }
        }
    }

    private static void tile8x2(float[][] dw, int j, int i, float[] x, float[] dz, int lanes, int m, int n) {
        FloatVector a0 = FloatVector.fromArray(S, dw[j], i), b0 = FloatVector.fromArray(S, dw[j], i + W);
        FloatVector a1 = FloatVector.fromArray(S, dw[j + 1], i), b1 = FloatVector.fromArray(S, dw[j + 1], i + W);
        FloatVector a2 = FloatVector.fromArray(S, dw[j + 2], i), b2 = FloatVector.fromArray(S, dw[j + 2], i + W);
        FloatVector a3 = FloatVector.fromArray(S, dw[j + 3], i), b3 = FloatVector.fromArray(S, dw[j + 3], i + W);
        FloatVector a4 = FloatVector.fromArray(S, dw[j + 4], i), b4 = FloatVector.fromArray(S, dw[j + 4], i + W);
        FloatVector a5 = FloatVector.fromArray(S, dw[j + 5], i), b5 = FloatVector.fromArray(S, dw[j + 5], i + W);
        FloatVector a6 = FloatVector.fromArray(S, dw[j + 6], i), b6 = FloatVector.fromArray(S, dw[j + 6], i + W);
        FloatVector a7 = FloatVector.fromArray(S, dw[j + 7], i), b7 = FloatVector.fromArray(S, dw[j + 7], i + W);
        for (int l = 0; l < lanes; l++) {
            int at = l * m + j;
            int z = l * n + i;
            FloatVector u = FloatVector.fromArray(S, dz, z);
            FloatVector v = FloatVector.fromArray(S, dz, z + W);
            FloatVector s = FloatVector.broadcast(S, x[at]);
            a0 = u.fma(s, a0);
            b0 = v.fma(s, b0);
            s = FloatVector.broadcast(S, x[at + 1]);
            a1 = u.fma(s, a1);
            b1 = v.fma(s, b1);
            s = FloatVector.broadcast(S, x[at + 2]);
            a2 = u.fma(s, a2);
            b2 = v.fma(s, b2);
            s = FloatVector.broadcast(S, x[at + 3]);
            a3 = u.fma(s, a3);
            b3 = v.fma(s, b3);
            s = FloatVector.broadcast(S, x[at + 4]);
            a4 = u.fma(s, a4);
            b4 = v.fma(s, b4);
            s = FloatVector.broadcast(S, x[at + 5]);
            a5 = u.fma(s, a5);
            b5 = v.fma(s, b5);
            s = FloatVector.broadcast(S, x[at + 6]);
            a6 = u.fma(s, a6);
            b6 = v.fma(s, b6);
            s = FloatVector.broadcast(S, x[at + 7]);
            a7 = u.fma(s, a7);
            b7 = v.fma(s, b7);
        }
        a0.intoArray(dw[j], i);
        b0.intoArray(dw[j], i + W);
        a1.intoArray(dw[j + 1], i);
        b1.intoArray(dw[j + 1], i + W);
        a2.intoArray(dw[j + 2], i);
        b2.intoArray(dw[j + 2], i + W);
        a3.intoArray(dw[j + 3], i);
        b3.intoArray(dw[j + 3], i + W);
        a4.intoArray(dw[j + 4], i);
        b4.intoArray(dw[j + 4], i + W);
        a5.intoArray(dw[j + 5], i);
        b5.intoArray(dw[j + 5], i + W);
        a6.intoArray(dw[j + 6], i);
        b6.intoArray(dw[j + 6], i + W);
        a7.intoArray(dw[j + 7], i);
        b7.intoArray(dw[j + 7], i + W);
    }

    private static void tile4x2(float[][] dw, int j, int i, float[] x, float[] dz, int lanes, int m, int n) {
        FloatVector a0 = FloatVector.fromArray(S, dw[j], i), b0 = FloatVector.fromArray(S, dw[j], i + W);
        FloatVector a1 = FloatVector.fromArray(S, dw[j + 1], i), b1 = FloatVector.fromArray(S, dw[j + 1], i + W);
        FloatVector a2 = FloatVector.fromArray(S, dw[j + 2], i), b2 = FloatVector.fromArray(S, dw[j + 2], i + W);
        FloatVector a3 = FloatVector.fromArray(S, dw[j + 3], i), b3 = FloatVector.fromArray(S, dw[j + 3], i + W);
        for (int l = 0; l < lanes; l++) {
            int at = l * m + j;
            int z = l * n + i;
            FloatVector u = FloatVector.fromArray(S, dz, z);
            FloatVector v = FloatVector.fromArray(S, dz, z + W);
            FloatVector s = FloatVector.broadcast(S, x[at]);
            a0 = u.fma(s, a0);
            b0 = v.fma(s, b0);
            s = FloatVector.broadcast(S, x[at + 1]);
            a1 = u.fma(s, a1);
            b1 = v.fma(s, b1);
            s = FloatVector.broadcast(S, x[at + 2]);
            a2 = u.fma(s, a2);
            b2 = v.fma(s, b2);
            s = FloatVector.broadcast(S, x[at + 3]);
            a3 = u.fma(s, a3);
            b3 = v.fma(s, b3);
        }
        a0.intoArray(dw[j], i);
        b0.intoArray(dw[j], i + W);
        a1.intoArray(dw[j + 1], i);
        b1.intoArray(dw[j + 1], i + W);
        a2.intoArray(dw[j + 2], i);
        b2.intoArray(dw[j + 2], i + W);
        a3.intoArray(dw[j + 3], i);
        b3.intoArray(dw[j + 3], i + W);
    }

    private static void tile8x1(
            float[][] dw, int j, int i, float[] x, float[] dz, int lanes, int m, int n, VectorMask<Float> mask) {
        FloatVector a0 = FloatVector.fromArray(S, dw[j], i);
        FloatVector a1 = FloatVector.fromArray(S, dw[j + 1], i);
        FloatVector a2 = FloatVector.fromArray(S, dw[j + 2], i);
        FloatVector a3 = FloatVector.fromArray(S, dw[j + 3], i);
        FloatVector a4 = FloatVector.fromArray(S, dw[j + 4], i);
        FloatVector a5 = FloatVector.fromArray(S, dw[j + 5], i);
        FloatVector a6 = FloatVector.fromArray(S, dw[j + 6], i);
        FloatVector a7 = FloatVector.fromArray(S, dw[j + 7], i);
        for (int l = 0; l < lanes; l++) {
            int at = l * m + j;
            FloatVector u = FloatVector.fromArray(S, dz, l * n + i);
            a0 = u.fma(FloatVector.broadcast(S, x[at]), a0);
            a1 = u.fma(FloatVector.broadcast(S, x[at + 1]), a1);
            a2 = u.fma(FloatVector.broadcast(S, x[at + 2]), a2);
            a3 = u.fma(FloatVector.broadcast(S, x[at + 3]), a3);
            a4 = u.fma(FloatVector.broadcast(S, x[at + 4]), a4);
            a5 = u.fma(FloatVector.broadcast(S, x[at + 5]), a5);
            a6 = u.fma(FloatVector.broadcast(S, x[at + 6]), a6);
            a7 = u.fma(FloatVector.broadcast(S, x[at + 7]), a7);
        }
        VectorWidth.store(a0, dw[j], i, mask);
        VectorWidth.store(a1, dw[j + 1], i, mask);
        VectorWidth.store(a2, dw[j + 2], i, mask);
        VectorWidth.store(a3, dw[j + 3], i, mask);
        VectorWidth.store(a4, dw[j + 4], i, mask);
        VectorWidth.store(a5, dw[j + 5], i, mask);
        VectorWidth.store(a6, dw[j + 6], i, mask);
        VectorWidth.store(a7, dw[j + 7], i, mask);
    }

    private static void tile4x1(
            float[][] dw, int j, int i, float[] x, float[] dz, int lanes, int m, int n, VectorMask<Float> mask) {
        FloatVector a0 = FloatVector.fromArray(S, dw[j], i);
        FloatVector a1 = FloatVector.fromArray(S, dw[j + 1], i);
        FloatVector a2 = FloatVector.fromArray(S, dw[j + 2], i);
        FloatVector a3 = FloatVector.fromArray(S, dw[j + 3], i);
        for (int l = 0; l < lanes; l++) {
            int at = l * m + j;
            FloatVector u = FloatVector.fromArray(S, dz, l * n + i);
            a0 = u.fma(FloatVector.broadcast(S, x[at]), a0);
            a1 = u.fma(FloatVector.broadcast(S, x[at + 1]), a1);
            a2 = u.fma(FloatVector.broadcast(S, x[at + 2]), a2);
            a3 = u.fma(FloatVector.broadcast(S, x[at + 3]), a3);
        }
        VectorWidth.store(a0, dw[j], i, mask);
        VectorWidth.store(a1, dw[j + 1], i, mask);
        VectorWidth.store(a2, dw[j + 2], i, mask);
        VectorWidth.store(a3, dw[j + 3], i, mask);
    }

    private static void tile1x1(
            float[] row, int i, float[] x, int xAt, float[] dz, int lanes, int m, int n, VectorMask<Float> mask) {
        FloatVector a = FloatVector.fromArray(S, row, i);
        for (int l = 0; l < lanes; l++) {
            FloatVector u = FloatVector.fromArray(S, dz, l * n + i);
            a = u.fma(FloatVector.broadcast(S, x[xAt + l * m]), a);
        }
        VectorWidth.store(a, row, i, mask);
    }
}
