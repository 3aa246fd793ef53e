package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The activations of {@link FloatMath}, a vector at a time: the same operations in the same order. The bodies are written out in their loops, because a vector handed to a method that C2 chooses
 * not to inline becomes an object.
 */
final class VectorMaps {
    private static final int CHUNK_SIZE = 256;
    private static final ThreadLocal<float[]> CHUNK = ThreadLocal.withInitial(() -> new float[CHUNK_SIZE]);

    private VectorMaps() {}

    /** y = out tanh(in x) + shift, fused. With in = out = 1 and shift = -0 it is tanh itself, to the bit. */
    static void tanh(float[] x, int xAt, float[] y, int yAt, int n, float in, float out, float shift) {
        FloatVector end = FloatVector.broadcast(S, shift);
        FloatVector factor = FloatVector.broadcast(S, out);
        for (int i = 0; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, x, xAt + i).mul(in);
            v = v.blend(FloatMath.TANH_CLAMP, v.compare(VectorOperators.GT, FloatMath.TANH_CLAMP));
            v = v.blend(-FloatMath.TANH_CLAMP, v.compare(VectorOperators.LT, -FloatMath.TANH_CLAMP));
            FloatVector z = v.mul(v);
            FloatVector p = FloatVector.broadcast(S, FloatMath.TANH_P4);
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.TANH_P3));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.TANH_P2));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.TANH_P1));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.TANH_P0));
            FloatVector q = FloatVector.broadcast(S, FloatMath.TANH_Q4);
            q = q.fma(z, FloatVector.broadcast(S, FloatMath.TANH_Q3));
            q = q.fma(z, FloatVector.broadcast(S, FloatMath.TANH_Q2));
            q = q.fma(z, FloatVector.broadcast(S, FloatMath.TANH_Q1));
            q = q.fma(z, FloatVector.broadcast(S, 1f));
            v.mul(p).div(q).fma(factor, end).intoArray(y, yAt + i);
        }
    }

    /** y = e^(x + shift) over [from, to). */
    static void exp(float[] x, float[] y, float shift, int from, int to) {
        int whole = to - (to - from) % W;
        vectors(x, y, shift, from, whole);
        ScalarLoops.exp(x, y, shift, whole, to);
    }

    private static void vectors(float[] x, float[] y, float shift, int from, int to) {
        for (int i = from; i < to; i += W) {
            FloatVector v = FloatVector.fromArray(S, x, i).add(shift);
            v = v.blend(FloatMath.EXP_HIGH, v.compare(VectorOperators.GT, FloatMath.EXP_HIGH));
            v = v.blend(FloatMath.EXP_LOW, v.compare(VectorOperators.LT, FloatMath.EXP_LOW));
            FloatVector t =
                    v.fma(FloatVector.broadcast(S, FloatMath.LOG2_E), FloatVector.broadcast(S, FloatMath.ROUNDER));
            FloatVector k = t.sub(FloatMath.ROUNDER);
            FloatVector r = k.fma(FloatVector.broadcast(S, -FloatMath.LN2_HIGH), v);
            r = k.fma(FloatVector.broadcast(S, -FloatMath.LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(S, FloatMath.EXP_6);
            p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_5));
            p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_4));
            p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_3));
            p = p.fma(r, FloatVector.broadcast(S, FloatMath.EXP_2));
            FloatVector e = r.mul(r).fma(p, r).add(1f);
            IntVector exponent = t.reinterpretAsInts().sub(FloatMath.ROUNDER_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            IntVector one = half.add(127).lanewise(VectorOperators.LSHL, 23);
            IntVector two = exponent.sub(half).add(127).lanewise(VectorOperators.LSHL, 23);
            e.mul(one.reinterpretAsFloats()).mul(two.reinterpretAsFloats()).intoArray(y, i);
        }
    }

    /** y = ln x; a vector with a zero, a subnormal number or anything else unusual goes one by one. */
    static void log(float[] x, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, x, i);
            VectorMask<Float> usual = v.compare(VectorOperators.GE, Float.MIN_NORMAL)
                    .and(v.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
            if (!usual.allTrue()) {
                ScalarLoops.log(x, i, y, i, W);
                continue;
            }
            IntVector bits = v.reinterpretAsInts().add(FloatMath.ONE_BITS - FloatMath.ROOT_HALF_BITS);
            FloatVector k = bits.lanewise(VectorOperators.ASHR, 23)
                    .add(FloatMath.ROUNDER_BITS - 127)
                    .reinterpretAsFloats()
                    .sub(FloatMath.ROUNDER);
            FloatVector f = bits.lanewise(VectorOperators.AND, 0x7fffff)
                    .add(FloatMath.ROOT_HALF_BITS)
                    .reinterpretAsFloats()
                    .sub(1f);
            FloatVector z = f.mul(f);
            FloatVector p = FloatVector.broadcast(S, FloatMath.LOG_10);
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_9));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_8));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_7));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_6));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_5));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_4));
            p = p.fma(f, FloatVector.broadcast(S, FloatMath.LOG_3));
            FloatVector low =
                    k.fma(FloatVector.broadcast(S, FloatMath.LN2_LOW), z.mul(f).mul(p));
            low = z.fma(FloatVector.broadcast(S, -0.5f), low).add(f);
            k.fma(FloatVector.broadcast(S, FloatMath.LN2_HIGH), low).intoArray(y, i);
        }
        ScalarLoops.log(x, i, y, i, n - i);
    }

    /** y = ln(1 + e^x), by chunks: u = e^-|x| first. */
    static void softplus(float[] x, float[] y, int n) {
        int whole = n - n % W;
        float[] u = CHUNK.get();
        for (int at = 0; at < whole; at += CHUNK_SIZE) {
            int size = Math.min(CHUNK_SIZE, whole - at);
            minusAbsolute(x, at, u, size);
            exp(u, u, -0f, 0, size);
            logOfOnePlus(x, at, u, y, size);
        }
        ScalarLoops.softplus(x, y, whole, n);
    }

    private static void minusAbsolute(float[] x, int at, float[] u, int n) {
        for (int i = 0; i < n; i += W) {
            FloatVector.fromArray(S, x, at + i).abs().neg().intoArray(u, i);
        }
    }

    /** dx += dy σ(x), by chunks. */
    static void softplusSlope(float[] x, float[] dy, float[] dx, int n) {
        int whole = n - n % W;
        float[] u = CHUNK.get();
        for (int at = 0; at < whole; at += CHUNK_SIZE) {
            int size = Math.min(CHUNK_SIZE, whole - at);
            tanh(x, at, u, 0, size, 0.5f, 0.5f, 0.5f);
            VectorLoops.multiplyAdd(dy, at, u, 0, dx, at, size);
        }
        ScalarLoops.softplusSlope(x, dy, dx, whole, n);
    }

    /**
     * y = max(x, 0) + ln(1 + u). Two vectors a pass also make this too long to be inlined: within a caller's loops C2 would
     * run out of nodes half-way and box the vectors that are left.
     */
    private static void logOfOnePlus(float[] x, int at, float[] u, float[] y, int n) {
        int i = 0;
        for (; i + 2 * W <= n; i += 2 * W) {
            FloatVector v = FloatVector.fromArray(S, u, i);
            FloatVector w = FloatVector.fromArray(S, u, i + W);
            FloatVector s = v.div(v.add(2f));
            FloatVector r = w.div(w.add(2f));
            FloatVector z = s.mul(s);
            FloatVector q = r.mul(r);
            FloatVector p = FloatVector.broadcast(S, FloatMath.LOG1P_4);
            FloatVector o = p.fma(q, FloatVector.broadcast(S, FloatMath.LOG1P_3));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_3));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_2));
            o = o.fma(q, FloatVector.broadcast(S, FloatMath.LOG1P_2));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_1));
            o = o.fma(q, FloatVector.broadcast(S, FloatMath.LOG1P_1));
            p = z.fma(p, FloatVector.broadcast(S, 2f));
            o = q.fma(o, FloatVector.broadcast(S, 2f));
            s.fma(p, FloatVector.fromArray(S, x, at + i).max(0f)).intoArray(y, at + i);
            r.fma(o, FloatVector.fromArray(S, x, at + i + W).max(0f)).intoArray(y, at + i + W);
        }
        for (; i < n; i += W) {
            FloatVector v = FloatVector.fromArray(S, u, i);
            FloatVector s = v.div(v.add(2f));
            FloatVector z = s.mul(s);
            FloatVector p = FloatVector.broadcast(S, FloatMath.LOG1P_4);
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_3));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_2));
            p = p.fma(z, FloatVector.broadcast(S, FloatMath.LOG1P_1));
            p = z.fma(p, FloatVector.broadcast(S, 2f));
            s.fma(p, FloatVector.fromArray(S, x, at + i).max(0f)).intoArray(y, at + i);
        }
    }
}
