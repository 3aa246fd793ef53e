package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** What the kernels would be if bits did not matter: sums split to hide latency, lanes reduced as the hardware likes. */
final class FreeOrder {
    private FreeOrder() {}

    /** Four vectors of sums and {@code reduceLanes}; n is a multiple of 4 vectors. */
    static float dot(float[] a, float[] b, int n) {
        FloatVector s = FloatVector.zero(S), t = s, u = s, v = s;
        for (int i = 0; i < n; i += 4 * W) {
            s = FloatVector.fromArray(S, a, i).fma(FloatVector.fromArray(S, b, i), s);
            t = FloatVector.fromArray(S, a, i + W).fma(FloatVector.fromArray(S, b, i + W), t);
            u = FloatVector.fromArray(S, a, i + 2 * W).fma(FloatVector.fromArray(S, b, i + 2 * W), u);
            v = FloatVector.fromArray(S, a, i + 3 * W).fma(FloatVector.fromArray(S, b, i + 3 * W), v);
        }
        return s.add(t).add(u.add(v)).reduceLanes(VectorOperators.ADD);
    }

    /** Strips of 4 vectors, even and odd inputs summed apart; n is a multiple of 4 vectors, m of 2. */
    static void product(int m, int n, float[] strips, float[] x, float[] y) {
        for (int i = 0; i < n; i += 4 * W) {
            strip(strips, i * m, i * m + m * 4 * W, 8 * W, x, y, i);
        }
    }

    private static void strip(float[] w, int from, int to, int step, float[] x, float[] y, int i) {
        FloatVector a = FloatVector.fromArray(S, y, i), b = FloatVector.fromArray(S, y, i + W);
        FloatVector c = FloatVector.fromArray(S, y, i + 2 * W), d = FloatVector.fromArray(S, y, i + 3 * W);
        FloatVector e = FloatVector.zero(S), f = e, g = e, h = e;
        int j = 0;
        for (int at = from; at < to; at += step) {
            FloatVector s = FloatVector.broadcast(S, x[j]);
            FloatVector t = FloatVector.broadcast(S, x[j + 1]);
            j += 2;
            a = FloatVector.fromArray(S, w, at).fma(s, a);
            b = FloatVector.fromArray(S, w, at + W).fma(s, b);
            c = FloatVector.fromArray(S, w, at + 2 * W).fma(s, c);
            d = FloatVector.fromArray(S, w, at + 3 * W).fma(s, d);
            e = FloatVector.fromArray(S, w, at + 4 * W).fma(t, e);
            f = FloatVector.fromArray(S, w, at + 5 * W).fma(t, f);
            g = FloatVector.fromArray(S, w, at + 6 * W).fma(t, g);
            h = FloatVector.fromArray(S, w, at + 7 * W).fma(t, h);
        }
        a.add(e).intoArray(y, i);
        b.add(f).intoArray(y, i + W);
        c.add(g).intoArray(y, i + 2 * W);
        d.add(h).intoArray(y, i + 3 * W);
    }

    /** One vector of outputs, inputs summed in four parts; m is a multiple of 4. */
    static void narrow(int m, float[][] w, float[] x, float[] y) {
        FloatVector a = FloatVector.fromArray(S, y, 0);
        FloatVector b = FloatVector.zero(S), c = b, d = b;
        for (int j = 0; j < m; j += 4) {
            a = FloatVector.fromArray(S, w[j], 0).fma(FloatVector.broadcast(S, x[j]), a);
            b = FloatVector.fromArray(S, w[j + 1], 0).fma(FloatVector.broadcast(S, x[j + 1]), b);
            c = FloatVector.fromArray(S, w[j + 2], 0).fma(FloatVector.broadcast(S, x[j + 2]), c);
            d = FloatVector.fromArray(S, w[j + 3], 0).fma(FloatVector.broadcast(S, x[j + 3]), d);
        }
        a.add(b).add(c.add(d)).intoArray(y, 0);
    }

    /** What the JDK's vector library makes of tanh here; n is a multiple of a vector. */
    static void tanh(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i += W) {
            FloatVector.fromArray(S, x, i).lanewise(VectorOperators.TANH).intoArray(y, i);
        }
    }

    /** dW in tiles of 4 inputs by 2 vectors, even and odd lanes summed apart; all sizes are multiples of that. */
    static void gradient(Shape shape, float[][] dw, float[] x, float[] dz) {
        for (int j = 0; j < shape.inputs(); j += 4) {
            for (int i = 0; i < shape.outputs(); i += 2 * W) {
                tile(shape, dw, j, x, dz, i);
            }
        }
    }

    private static void tile(Shape shape, float[][] dw, int j, float[] x, float[] dz, int i) {
        FloatVector a = FloatVector.fromArray(S, dw[j], i), b = FloatVector.fromArray(S, dw[j], i + W);
        FloatVector c = FloatVector.fromArray(S, dw[j + 1], i), d = FloatVector.fromArray(S, dw[j + 1], i + W);
        FloatVector e = FloatVector.fromArray(S, dw[j + 2], i), f = FloatVector.fromArray(S, dw[j + 2], i + W);
        FloatVector g = FloatVector.fromArray(S, dw[j + 3], i), h = FloatVector.fromArray(S, dw[j + 3], i + W);
        FloatVector z = FloatVector.zero(S);
        FloatVector a1 = z, b1 = z, c1 = z, d1 = z, e1 = z, f1 = z, g1 = z, h1 = z;
        int m = shape.inputs();
        int n = shape.outputs();
        for (int l = 0; l < shape.lanes(); l += 2) {
            int at = l * m + j;
            FloatVector u = FloatVector.fromArray(S, dz, l * n + i), v = FloatVector.fromArray(S, dz, l * n + i + W);
            FloatVector p = FloatVector.fromArray(S, dz, l * n + n + i);
            FloatVector q = FloatVector.fromArray(S, dz, l * n + n + i + W);
            a = u.fma(FloatVector.broadcast(S, x[at]), a);
            b = v.fma(FloatVector.broadcast(S, x[at]), b);
            c = u.fma(FloatVector.broadcast(S, x[at + 1]), c);
            d = v.fma(FloatVector.broadcast(S, x[at + 1]), d);
            e = u.fma(FloatVector.broadcast(S, x[at + 2]), e);
            f = v.fma(FloatVector.broadcast(S, x[at + 2]), f);
            g = u.fma(FloatVector.broadcast(S, x[at + 3]), g);
            h = v.fma(FloatVector.broadcast(S, x[at + 3]), h);
            a1 = p.fma(FloatVector.broadcast(S, x[at + m]), a1);
            b1 = q.fma(FloatVector.broadcast(S, x[at + m]), b1);
            c1 = p.fma(FloatVector.broadcast(S, x[at + m + 1]), c1);
            d1 = q.fma(FloatVector.broadcast(S, x[at + m + 1]), d1);
            e1 = p.fma(FloatVector.broadcast(S, x[at + m + 2]), e1);
            f1 = q.fma(FloatVector.broadcast(S, x[at + m + 2]), f1);
            g1 = p.fma(FloatVector.broadcast(S, x[at + m + 3]), g1);
            h1 = q.fma(FloatVector.broadcast(S, x[at + m + 3]), h1);
        }
        a.add(a1).intoArray(dw[j], i);
        b.add(b1).intoArray(dw[j], i + W);
        c.add(c1).intoArray(dw[j + 1], i);
        d.add(d1).intoArray(dw[j + 1], i + W);
        e.add(e1).intoArray(dw[j + 2], i);
        f.add(f1).intoArray(dw[j + 2], i + W);
        g.add(g1).intoArray(dw[j + 3], i);
        h.add(h1).intoArray(dw[j + 3], i + W);
    }
}
