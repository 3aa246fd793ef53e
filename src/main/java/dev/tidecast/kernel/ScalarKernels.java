package dev.tidecast.kernel;

/** The kernels as plain loops: correct everywhere, and the definition of the bits. */
final class ScalarKernels implements Kernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void gemm(Shape shape, float[][] w, float[] x, float[] y) {
        ScalarProducts.gemm(shape, w, x, y);
    }

    @Override
    public void outer(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to) {
        ScalarProducts.outer(shape, dw, xs, dzs, from, to);
    }

    @Override
    public void bias(float[] b, float[] y, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            System.arraycopy(b, 0, y, l * n, n);
        }
    }

    @Override
    public void biasSlope(float[][] dzs, int from, int to, float[] db, int n, int lanes) {
        for (int f = from; f < to; f++) {
            for (int l = 0; l < lanes; l++) {
                axpy(1f, dzs[f], l * n, db, 0, n);
            }
        }
    }

    @Override
    public void diagonal(float[] d, float[] x, float[] y, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            for (int i = 0; i < n; i++) {
                y[l * n + i] = Math.fma(d[i], x[l * n + i], y[l * n + i]);
            }
        }
    }

    @Override
    public void diagonalSlope(float[] x, float[] dy, float[] dd, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            for (int i = 0; i < n; i++) {
                dd[i] = Math.fma(x[l * n + i], dy[l * n + i], dd[i]);
            }
        }
    }

    @Override
    public void tanh(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.tanh(x[i]);
        }
    }

    @Override
    public void sigmoid(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.sigmoid(x[i]);
        }
    }

    @Override
    public void exp(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.exp(x[i]);
        }
    }

    @Override
    public void log(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.log(x[i]);
        }
    }

    @Override
    public void softplus(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = FloatMath.softplus(x[i]);
        }
    }

    @Override
    public void relu(float slope, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[i] > 0f ? x[i] : slope * x[i];
        }
    }

    @Override
    public void tanhSlope(float[] y, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = Math.fma(dy[i], Math.fma(-y[i], y[i], 1f), dx[i]);
        }
    }

    @Override
    public void sigmoidSlope(float[] y, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = Math.fma(dy[i], Math.fma(-y[i], y[i], y[i]), dx[i]);
        }
    }

    @Override
    public void softplusSlope(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = Math.fma(dy[i], FloatMath.sigmoid(x[i]), dx[i]);
        }
    }

    @Override
    public void logSlope(float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] += dy[i] / x[i];
        }
    }

    @Override
    public void reluSlope(float slope, float[] x, float[] dy, float[] dx, int n) {
        for (int i = 0; i < n; i++) {
            dx[i] = Math.fma(dy[i], x[i] > 0f ? 1f : slope, dx[i]);
        }
    }

    @Override
    public void add(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] + b[i];
        }
    }

    @Override
    public void subtract(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] - b[i];
        }
    }

    @Override
    public void multiply(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * b[i];
        }
    }

    @Override
    public void multiplyAdd(float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.fma(a[i], b[i], y[i]);
        }
    }

    @Override
    public void scale(float alpha, float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = alpha * x[i];
        }
    }

    @Override
    public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(alpha, x[xAt + i], y[yAt + i]);
        }
    }

    @Override
    public void blend(float[] gate, float[] a, float[] b, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.fma(gate[i], a[i] - b[i], b[i]);
        }
    }

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        return ScalarSums.dot(a, aAt, b, bAt, n);
    }

    @Override
    public float sum(float[] x, int at, int n) {
        return ScalarSums.sum(x, at, n);
    }

    @Override
    public float sumOfSquares(float[] x, int at, int n) {
        return ScalarSums.dot(x, at, x, at, n);
    }

    @Override
    public float max(float[] x, int at, int n) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            largest = Math.max(largest, x[i]);
        }
        return largest;
    }

    @Override
    public boolean isFinite(float[] x, int at, int n) {
        float zero = 0f;
        for (int i = at; i < at + n; i++) {
            zero += x[i] * 0f;
        }
        return zero == 0f;
    }

    @Override
    public void softmax(float[] x, float[] y, int at, int n) {
        float largest = max(x, at, n);
        for (int i = at; i < at + n; i++) {
            y[i] = FloatMath.exp(x[i] - largest);
        }
        float sum = sum(y, at, n);
        for (int i = at; i < at + n; i++) {
            y[i] /= sum;
        }
    }

    @Override
    public void softmaxSlope(float[] y, float[] dy, float[] dx, int at, int n) {
        float mean = dot(y, at, dy, at, n);
        for (int i = at; i < at + n; i++) {
            dx[i] = Math.fma(y[i], dy[i] - mean, dx[i]);
        }
    }

    @Override
    public void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int n) {
        float beta1 = step.beta1();
        float beta2 = step.beta2();
        for (int i = 0; i < n; i++) {
            m[i] = Math.fma(beta1, m[i], (1f - beta1) * g[i]);
            v[i] = Math.fma(beta2, v[i], (1f - beta2) * g[i] * g[i]);
            float root = (float) Math.sqrt(step.correction() * v[i]) + step.epsilon();
            w[i] = Math.fma(-step.rate(), m[i] / root, step.keep() * w[i]);
        }
    }

    @Override
    public void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int n) {
        for (int i = 0; i < n; i++) {
            m[i] = Math.fma(momentum, m[i], g[i]);
            w[i] = Math.fma(-rate, m[i], keep * w[i]);
        }
    }
}
