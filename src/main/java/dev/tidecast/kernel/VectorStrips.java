package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;

/**
 * The product of one lane, which lives on how fast weights arrive. Strips of 8 vectors of outputs, each one run of memory that
 * the CPU sees coming, and 8 sums, which hide the latency of an addition; what is left of the outputs is a strip of 4 vectors
 * and then rows.
 *
 * <p>The step of each loop is handed in, so that C2 does not know it: it would unroll the loop, bring the four rounds of each
 * sum together and with them the latency back, and jump to and fro in memory.
 */
final class VectorStrips {
    private static final int WIDE = 8 * W;
    private static final int NARROW = 4 * W;

    private VectorStrips() {}

    static int size(int inputs, int outputs) {
        return inputs * covered(outputs);
    }

    /** How many outputs strips make. */
    static int covered(int outputs) {
        return outputs - outputs % NARROW;
    }

    static void cut(float[][] rows, float[] strips, int n) {
        int m = rows.length;
        for (int i = 0; i < covered(n); i += WIDE) {
            int width = n - i >= WIDE ? WIDE : NARROW;
            for (int j = 0; j < m; j++) {
                System.arraycopy(rows[j], i, strips, i * m + j * width, width);
            }
        }
    }

    static void gemm(int m, int n, float[] strips, float[] x, float[] y) {
        int i = 0;
        for (; i + WIDE <= n; i += WIDE) {
            wide(strips, i * m, i * m + m * WIDE, WIDE, x, y, i);
        }
        if (i + NARROW <= n) {
            narrow(strips, i * m, i * m + m * NARROW, NARROW, x, y, i);
        }
    }

    private static void wide(float[] strips, int from, int to, int step, float[] x, float[] y, int i) {
        FloatVector a = FloatVector.fromArray(S, y, i);
        FloatVector b = FloatVector.fromArray(S, y, i + W);
        FloatVector c = FloatVector.fromArray(S, y, i + 2 * W);
        FloatVector d = FloatVector.fromArray(S, y, i + 3 * W);
        FloatVector e = FloatVector.fromArray(S, y, i + 4 * W);
        FloatVector f = FloatVector.fromArray(S, y, i + 5 * W);
        FloatVector g = FloatVector.fromArray(S, y, i + 6 * W);
        FloatVector h = FloatVector.fromArray(S, y, i + 7 * W);
        int j = 0;
        for (int at = from; at < to; at += step) {
            FloatVector s = FloatVector.broadcast(S, x[j++]);
            a = FloatVector.fromArray(S, strips, at).fma(s, a);
            b = FloatVector.fromArray(S, strips, at + W).fma(s, b);
            c = FloatVector.fromArray(S, strips, at + 2 * W).fma(s, c);
            d = FloatVector.fromArray(S, strips, at + 3 * W).fma(s, d);
            e = FloatVector.fromArray(S, strips, at + 4 * W).fma(s, e);
            f = FloatVector.fromArray(S, strips, at + 5 * W).fma(s, f);
            g = FloatVector.fromArray(S, strips, at + 6 * W).fma(s, g);
            h = FloatVector.fromArray(S, strips, at + 7 * W).fma(s, h);
        }
        a.intoArray(y, i);
        b.intoArray(y, i + W);
        c.intoArray(y, i + 2 * W);
        d.intoArray(y, i + 3 * W);
        e.intoArray(y, i + 4 * W);
        f.intoArray(y, i + 5 * W);
        g.intoArray(y, i + 6 * W);
        h.intoArray(y, i + 7 * W);
    }

    private static void narrow(float[] strips, int from, int to, int step, float[] x, float[] y, int i) {
        FloatVector a = FloatVector.fromArray(S, y, i);
        FloatVector b = FloatVector.fromArray(S, y, i + W);
        FloatVector c = FloatVector.fromArray(S, y, i + 2 * W);
        FloatVector d = FloatVector.fromArray(S, y, i + 3 * W);
        int j = 0;
        for (int at = from; at < to; at += step) {
            FloatVector s = FloatVector.broadcast(S, x[j++]);
            a = FloatVector.fromArray(S, strips, at).fma(s, a);
            b = FloatVector.fromArray(S, strips, at + W).fma(s, b);
            c = FloatVector.fromArray(S, strips, at + 2 * W).fma(s, c);
            d = FloatVector.fromArray(S, strips, at + 3 * W).fma(s, d);
        }
        a.intoArray(y, i);
        b.intoArray(y, i + W);
        c.intoArray(y, i + 2 * W);
        d.intoArray(y, i + 3 * W);
    }
}
