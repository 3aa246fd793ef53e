package dev.tidecast.kernel;

/** The kernels as plain loops: correct everywhere, and the definition of the bits that {@link VectorKernels} must give. */
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
    public void biasSlope(float[][] dzs, int from, int to, float[] db, int n, int lanes) {
        for (int f = from; f < to; f++) {
            for (int l = 0; l < lanes; l++) {
                ScalarLoops.axpy(1f, dzs[f], l * n, db, 0, n);
            }
        }
    }

    @Override
    public void diagonal(float[] d, float[] x, float[] y, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            ScalarLoops.multiplyAdd(d, 0, x, l * n, y, l * n, n);
        }
    }

    @Override
    public void diagonalSlope(float[] x, float[] dy, float[] dd, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            ScalarLoops.multiplyAdd(x, l * n, dy, l * n, dd, 0, n);
        }
    }

    @Override
    public void tanh(float[] x, float[] y, int n) {
        ScalarLoops.tanh(x, y, 0, n);
    }

    @Override
    public void sigmoid(float[] x, float[] y, int n) {
        ScalarLoops.sigmoid(x, y, 0, n);
    }

    @Override
    public void exp(float[] x, float[] y, int n) {
        ScalarLoops.exp(x, y, -0f, 0, n);
    }

    @Override
    public void log(float[] x, float[] y, int n) {
        ScalarLoops.log(x, 0, y, 0, n);
    }

    @Override
    public void softplus(float[] x, float[] y, int n) {
        ScalarLoops.softplus(x, y, 0, n);
    }

    @Override
    public void softplusSlope(float[] x, float[] dy, float[] dx, int n) {
        ScalarLoops.softplusSlope(x, dy, dx, 0, n);
    }

    @Override
    public void add(float[] a, float[] b, float[] y, int n) {
        ScalarLoops.add(a, b, y, 0, n);
    }

    @Override
    public void subtract(float[] a, float[] b, float[] y, int n) {
        ScalarLoops.subtract(a, b, y, 0, n);
    }

    @Override
    public void multiply(float[] a, float[] b, float[] y, int n) {
        ScalarLoops.multiply(a, b, y, 0, n);
    }

    @Override
    public void multiplyAdd(float[] a, float[] b, float[] y, int n) {
        ScalarLoops.multiplyAdd(a, b, y, 0, n);
    }

    @Override
    public void blend(float[] gate, float[] a, float[] b, float[] y, int n) {
        ScalarLoops.blend(gate, a, b, y, 0, n);
    }

    @Override
    public void scale(float alpha, float[] x, float[] y, int n) {
        ScalarLoops.scale(alpha, x, y, 0, n);
    }

    @Override
    public void relu(float slope, float[] x, float[] y, int n) {
        ScalarLoops.relu(slope, x, y, 0, n);
    }

    @Override
    public void tanhSlope(float[] y, float[] dy, float[] dx, int n) {
        ScalarLoops.tanhSlope(y, dy, dx, 0, n);
    }

    @Override
    public void sigmoidSlope(float[] y, float[] dy, float[] dx, int n) {
        ScalarLoops.sigmoidSlope(y, dy, dx, 0, n);
    }

    @Override
    public void logSlope(float[] x, float[] dy, float[] dx, int n) {
        ScalarLoops.logSlope(x, dy, dx, 0, n);
    }

    @Override
    public void reluSlope(float slope, float[] x, float[] dy, float[] dx, int n) {
        ScalarLoops.reluSlope(slope, x, dy, dx, 0, n);
    }

    @Override
    public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
        ScalarLoops.axpy(alpha, x, xAt, y, yAt, n);
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
    public boolean isFinite(float[] x, int at, int n) {
        return ScalarSums.isFinite(x, at, n);
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
        ScalarLoops.softmaxSlope(dot(y, at, dy, at, n), y, dy, dx, at, at + n);
    }

    @Override
    public void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int n) {
        ScalarLoops.adam(step, w, g, m, v, 0, n);
    }

    @Override
    public void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int n) {
        ScalarLoops.descend(rate, momentum, keep, w, g, m, 0, n);
    }
}
