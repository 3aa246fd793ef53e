package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;
import static dev.tidecast.kernel.VectorWidth.W;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The element-wise methods of {@link Kernels}, a vector at a time; what is left goes to {@link ScalarLoops}. */
final class VectorLoops {
    private VectorLoops() {}

    static void add(float[] a, float[] b, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, a, i).add(FloatVector.fromArray(S, b, i)).intoArray(y, i);
        }
        ScalarLoops.add(a, b, y, i, n);
    }

    static void subtract(float[] a, float[] b, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, a, i).sub(FloatVector.fromArray(S, b, i)).intoArray(y, i);
        }
        ScalarLoops.subtract(a, b, y, i, n);
    }

    static void multiply(float[] a, float[] b, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, a, i).mul(FloatVector.fromArray(S, b, i)).intoArray(y, i);
        }
        ScalarLoops.multiply(a, b, y, i, n);
    }

    static void multiplyAdd(float[] a, float[] b, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, a, i)
                    .fma(FloatVector.fromArray(S, b, i), FloatVector.fromArray(S, y, i))
                    .intoArray(y, i);
        }
        ScalarLoops.multiplyAdd(a, b, y, i, n);
    }

    static void blend(float[] gate, float[] a, float[] b, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, b, i);
            FloatVector.fromArray(S, gate, i)
                    .fma(FloatVector.fromArray(S, a, i).sub(v), v)
                    .intoArray(y, i);
        }
        ScalarLoops.blend(gate, a, b, y, i, n);
    }

    static void scale(float alpha, float[] x, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, x, i).mul(alpha).intoArray(y, i);
        }
        ScalarLoops.scale(alpha, x, y, i, n);
    }

    static void relu(float slope, float[] x, float[] y, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, x, i);
            v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, i);
        }
        ScalarLoops.relu(slope, x, y, i, n);
    }

    static void tanhSlope(float[] y, float[] dy, float[] dx, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, y, i);
            FloatVector slope = v.neg().fma(v, FloatVector.broadcast(S, 1f));
            FloatVector.fromArray(S, dy, i)
                    .fma(slope, FloatVector.fromArray(S, dx, i))
                    .intoArray(dx, i);
        }
        ScalarLoops.tanhSlope(y, dy, dx, i, n);
    }

    static void sigmoidSlope(float[] y, float[] dy, float[] dx, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, y, i);
            FloatVector slope = v.neg().fma(v, v);
            FloatVector.fromArray(S, dy, i)
                    .fma(slope, FloatVector.fromArray(S, dx, i))
                    .intoArray(dx, i);
        }
        ScalarLoops.sigmoidSlope(y, dy, dx, i, n);
    }

    static void logSlope(float[] x, float[] dy, float[] dx, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector.fromArray(S, dx, i)
                    .add(FloatVector.fromArray(S, dy, i).div(FloatVector.fromArray(S, x, i)))
                    .intoArray(dx, i);
        }
        ScalarLoops.logSlope(x, dy, dx, i, n);
    }

    static void reluSlope(float slope, float[] x, float[] dy, float[] dx, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            VectorMask<Float> on = FloatVector.fromArray(S, x, i).compare(VectorOperators.GT, 0f);
            FloatVector k = FloatVector.broadcast(S, slope).blend(1f, on);
            FloatVector.fromArray(S, dy, i)
                    .fma(k, FloatVector.fromArray(S, dx, i))
                    .intoArray(dx, i);
        }
        ScalarLoops.reluSlope(slope, x, dy, dx, i, n);
    }

    static void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
        FloatVector factor = FloatVector.broadcast(S, alpha);
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, x, xAt + i);
            v.fma(factor, FloatVector.fromArray(S, y, yAt + i)).intoArray(y, yAt + i);
        }
        ScalarLoops.axpy(alpha, x, xAt + i, y, yAt + i, n - i);
    }

    static void multiplyAdd(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n) {
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector v = FloatVector.fromArray(S, b, bAt + i);
            FloatVector sum = FloatVector.fromArray(S, y, yAt + i);
            FloatVector.fromArray(S, a, aAt + i).fma(v, sum).intoArray(y, yAt + i);
        }
        ScalarLoops.multiplyAdd(a, aAt + i, b, bAt + i, y, yAt + i, n - i);
    }

    /** y /= by over [from, to). */
    static void divide(float by, float[] y, int from, int to) {
        int i = from;
        for (; i + W <= to; i += W) {
            FloatVector.fromArray(S, y, i).div(by).intoArray(y, i);
        }
        for (; i < to; i++) {
            y[i] /= by;
        }
    }

    static void softmaxSlope(float mean, float[] y, float[] dy, float[] dx, int from, int to) {
        int i = from;
        for (; i + W <= to; i += W) {
            FloatVector away = FloatVector.fromArray(S, dy, i).sub(mean);
            FloatVector.fromArray(S, y, i)
                    .fma(away, FloatVector.fromArray(S, dx, i))
                    .intoArray(dx, i);
        }
        ScalarLoops.softmaxSlope(mean, y, dy, dx, i, to);
    }

    static void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int n) {
        FloatVector beta1 = FloatVector.broadcast(S, step.beta1());
        FloatVector beta2 = FloatVector.broadcast(S, step.beta2());
        FloatVector fresh1 = FloatVector.broadcast(S, 1f - step.beta1());
        FloatVector fresh2 = FloatVector.broadcast(S, 1f - step.beta2());
        FloatVector rate = FloatVector.broadcast(S, -step.rate());
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector slope = FloatVector.fromArray(S, g, i);
            FloatVector first = FloatVector.fromArray(S, m, i).fma(beta1, fresh1.mul(slope));
            FloatVector second =
                    FloatVector.fromArray(S, v, i).fma(beta2, fresh2.mul(slope).mul(slope));
            first.intoArray(m, i);
            second.intoArray(v, i);
            FloatVector root = second.mul(step.correction()).sqrt().add(step.epsilon());
            FloatVector kept = FloatVector.fromArray(S, w, i).mul(step.keep());
            first.div(root).fma(rate, kept).intoArray(w, i);
        }
        ScalarLoops.adam(step, w, g, m, v, i, n);
    }

    static void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int n) {
        FloatVector down = FloatVector.broadcast(S, -rate);
        FloatVector momenta = FloatVector.broadcast(S, momentum);
        int i = 0;
        for (; i + W <= n; i += W) {
            FloatVector speed = FloatVector.fromArray(S, m, i).fma(momenta, FloatVector.fromArray(S, g, i));
            speed.intoArray(m, i);
            FloatVector kept = FloatVector.fromArray(S, w, i).mul(keep);
            speed.fma(down, kept).intoArray(w, i);
        }
        ScalarLoops.descend(rate, momentum, keep, w, g, m, i, n);
    }
}
