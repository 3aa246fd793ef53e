package dev.tidecast.kernel;

/** The element-wise methods of {@link Kernels} as plain loops over [from, n): all of a vector, or its tail. */
final class ScalarLoops {
    private ScalarLoops() {}

    static void add(float[] a, float[] b, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = a[i] + b[i];
        }
    }

    static void subtract(float[] a, float[] b, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = a[i] - b[i];
        }
    }

    static void multiply(float[] a, float[] b, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = a[i] * b[i];
        }
    }

    static void multiplyAdd(float[] a, float[] b, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = Math.fma(a[i], b[i], y[i]);
        }
    }

    static void blend(float[] gate, float[] a, float[] b, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = Math.fma(gate[i], a[i] - b[i], b[i]);
        }
    }

    static void scale(float alpha, float[] x, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = alpha * x[i];
        }
    }

    static void relu(float slope, float[] x, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = x[i] > 0f ? x[i] : slope * x[i];
        }
    }

    static void tanhSlope(float[] y, float[] dy, float[] dx, int from, int n) {
        for (int i = from; i < n; i++) {
            dx[i] = Math.fma(dy[i], Math.fma(-y[i], y[i], 1f), dx[i]);
        }
    }

    static void sigmoidSlope(float[] y, float[] dy, float[] dx, int from, int n) {
        for (int i = from; i < n; i++) {
            dx[i] = Math.fma(dy[i], Math.fma(-y[i], y[i], y[i]), dx[i]);
        }
    }

    static void logSlope(float[] x, float[] dy, float[] dx, int from, int n) {
        for (int i = from; i < n; i++) {
            dx[i] += dy[i] / x[i];
        }
    }

    static void reluSlope(float slope, float[] x, float[] dy, float[] dx, int from, int n) {
        for (int i = from; i < n; i++) {
            dx[i] = Math.fma(dy[i], x[i] > 0f ? 1f : slope, dx[i]);
        }
    }

    static void softplusSlope(float[] x, float[] dy, float[] dx, int from, int n) {
        for (int i = from; i < n; i++) {
            dx[i] = Math.fma(dy[i], FloatMath.sigmoid(x[i]), dx[i]);
        }
    }

    static void tanh(float[] x, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = FloatMath.tanh(x[i]);
        }
    }

    static void sigmoid(float[] x, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = FloatMath.sigmoid(x[i]);
        }
    }

    static void exp(float[] x, float[] y, float shift, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = FloatMath.exp(x[i] + shift);
        }
    }

    static void log(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = FloatMath.log(x[xAt + i]);
        }
    }

    static void softplus(float[] x, float[] y, int from, int n) {
        for (int i = from; i < n; i++) {
            y[i] = FloatMath.softplus(x[i]);
        }
    }

    static void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(alpha, x[xAt + i], y[yAt + i]);
        }
    }

    static void multiplyAdd(float[] a, int aAt, float[] b, int bAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(a[aAt + i], b[bAt + i], y[yAt + i]);
        }
    }

    static void softmaxSlope(float mean, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) {
            dx[i] = Math.fma(y[i], dy[i] - mean, dx[i]);
        }
    }

    static void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int from, int n) {
        float beta1 = step.beta1();
        float beta2 = step.beta2();
        for (int i = from; i < n; i++) {
            m[i] = Math.fma(beta1, m[i], (1f - beta1) * g[i]);
            v[i] = Math.fma(beta2, v[i], (1f - beta2) * g[i] * g[i]);
            float root = (float) Math.sqrt(step.correction() * v[i]) + step.epsilon();
            w[i] = Math.fma(-step.rate(), m[i] / root, step.keep() * w[i]);
        }
    }

    static void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int from, int n) {
        for (int i = from; i < n; i++) {
            m[i] = Math.fma(momentum, m[i], g[i]);
            w[i] = Math.fma(-rate, m[i], keep * w[i]);
        }
    }
}
