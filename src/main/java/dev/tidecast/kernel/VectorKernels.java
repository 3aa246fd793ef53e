package dev.tidecast.kernel;

/** The kernels on {@code jdk.incubator.vector}: the bits of {@link ScalarKernels}, several elements at a time. */
final class VectorKernels implements Kernels {
    @Override
    public String name() {
        return "vector-" + VectorWidth.S.vectorBitSize();
    }

    @Override
    public void gemm(Shape shape, float[][] w, float[] x, float[] y) {
        VectorGemm.gemm(shape, w, x, y);
    }

    @Override
    public void gemm(Shape shape, float[][] w, float[] strips, float[] x, float[] y) {
        if (shape.lanes() == 1 && strips.length > 0) {
            VectorStrips.gemm(shape.inputs(), shape.outputs(), strips, x, y);
            VectorGemm.oneLane(shape, w, x, y, VectorStrips.covered(shape.outputs()));
        } else {
            VectorGemm.gemm(shape, w, x, y);
        }
    }

    @Override
    public int strips(int inputs, int outputs) {
        return VectorStrips.size(inputs, outputs);
    }

    @Override
    public void cut(float[][] rows, float[] strips, int n) {
        VectorStrips.cut(rows, strips, n);
    }

    @Override
    public void outer(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to) {
        VectorOuter.outer(shape, dw, xs, dzs, from, to);
    }

    @Override
    public void biasSlope(float[][] dzs, int from, int to, float[] db, int n, int lanes) {
        for (int f = from; f < to; f++) {
            VectorSums.lanes(dzs[f], db, n, lanes);
        }
    }

    @Override
    public void diagonal(float[] d, float[] x, float[] y, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            VectorLoops.multiplyAdd(d, 0, x, l * n, y, l * n, n);
        }
    }

    @Override
    public void diagonalSlope(float[] x, float[] dy, float[] dd, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            VectorLoops.multiplyAdd(x, l * n, dy, l * n, dd, 0, n);
        }
    }

    @Override
    public void tanh(float[] x, float[] y, int n) {
        VectorMaps.tanh(x, 0, y, 0, n, 1f, 1f, -0f);
        int at = n - n % VectorWidth.W;
        if (at < n && at > 0 && x != y) {
            VectorMaps.tanh(x, n - VectorWidth.W, y, n - VectorWidth.W, VectorWidth.W, 1f, 1f, -0f);
        } else {
            ScalarLoops.tanh(x, y, at, n);
        }
    }

    @Override
    public void sigmoid(float[] x, float[] y, int n) {
        VectorMaps.tanh(x, 0, y, 0, n, 0.5f, 0.5f, 0.5f);
        int at = n - n % VectorWidth.W;
        if (at < n && at > 0 && x != y) {
            VectorMaps.tanh(x, n - VectorWidth.W, y, n - VectorWidth.W, VectorWidth.W, 0.5f, 0.5f, 0.5f);
        } else {
            ScalarLoops.sigmoid(x, y, at, n);
        }
    }

    @Override
    public void exp(float[] x, float[] y, int n) {
        VectorMaps.exp(x, y, -0f, 0, n);
    }

    @Override
    public void log(float[] x, float[] y, int n) {
        VectorMaps.log(x, y, n);
    }

    @Override
    public void softplus(float[] x, float[] y, int n) {
        VectorMaps.softplus(x, y, n);
    }

    @Override
    public void softplusSlope(float[] x, float[] dy, float[] dx, int n) {
        VectorMaps.softplusSlope(x, dy, dx, n);
    }

    @Override
    public void add(float[] a, float[] b, float[] y, int n) {
        VectorLoops.add(a, b, y, n);
    }

    @Override
    public void subtract(float[] a, float[] b, float[] y, int n) {
        VectorLoops.subtract(a, b, y, n);
    }

    @Override
    public void multiply(float[] a, float[] b, float[] y, int n) {
        VectorLoops.multiply(a, b, y, n);
    }

    @Override
    public void multiplyAdd(float[] a, float[] b, float[] y, int n) {
        VectorLoops.multiplyAdd(a, b, y, n);
    }

    @Override
    public void blend(float[] gate, float[] a, float[] b, float[] y, int n) {
        VectorLoops.blend(gate, a, b, y, n);
    }

    @Override
    public void scale(float alpha, float[] x, float[] y, int n) {
        VectorLoops.scale(alpha, x, y, n);
    }

    @Override
    public void relu(float slope, float[] x, float[] y, int n) {
        VectorLoops.relu(slope, x, y, n);
    }

    @Override
    public void tanhSlope(float[] y, float[] dy, float[] dx, int n) {
        VectorLoops.tanhSlope(y, dy, dx, n);
    }

    @Override
    public void sigmoidSlope(float[] y, float[] dy, float[] dx, int n) {
        VectorLoops.sigmoidSlope(y, dy, dx, n);
    }

    @Override
    public void logSlope(float[] x, float[] dy, float[] dx, int n) {
        VectorLoops.logSlope(x, dy, dx, n);
    }

    @Override
    public void reluSlope(float slope, float[] x, float[] dy, float[] dx, int n) {
        VectorLoops.reluSlope(slope, x, dy, dx, n);
    }

    @Override
    public void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n) {
        VectorLoops.axpy(alpha, x, xAt, y, yAt, n);
    }

    @Override
    public float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        return VectorSums.dot(a, aAt, b, bAt, n);
    }

    @Override
    public float sum(float[] x, int at, int n) {
        return VectorSums.sum(x, at, n);
    }

    @Override
    public boolean isFinite(float[] x, int at, int n) {
        return VectorSums.isFinite(x, at, n);
    }

    @Override
    public void softmax(float[] x, float[] y, int at, int n) {
        VectorMaps.exp(x, y, -max(x, at, n), at, at + n);
        VectorLoops.divide(sum(y, at, n), y, at, at + n);
    }

    @Override
    public void softmaxSlope(float[] y, float[] dy, float[] dx, int at, int n) {
        VectorLoops.softmaxSlope(dot(y, at, dy, at, n), y, dy, dx, at, at + n);
    }

    @Override
    public void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int n) {
        VectorLoops.adam(step, w, g, m, v, n);
    }

    @Override
    public void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int n) {
        VectorLoops.descend(rate, momentum, keep, w, g, m, n);
    }
}
