package dev.tidecast.kernel;

/** The products of {@link Kernels} and their gradients; called for every step of every network. */
public interface Products {
    /**
     * The product: y[l n + i] = fma(w[j][i], x[l m + j], y[l n + i]), j ascending for every output. A lane's bits do not
     * depend on the number of lanes. The gradient to the input is the same product with {@link #transpose transposed}
     * rows and {@link Shape#transposed}.
     */
    void gemm(Shape shape, float[][] w, float[] x, float[] y);

    /**
     * The same product, to the bit, for weights that have been {@link #cut} into strips too: one lane then reads them as
     * memory likes it best. Strips may be empty.
     */
    default void gemm(Shape shape, float[][] w, float[] strips, float[] x, float[] y) {
        gemm(shape, w, x, y);
    }

    /** How many floats the strips of a matrix need; 0 where these kernels make no use of them. */
    default int strips(int inputs, int outputs) {
        return 0;
    }

    /** Cuts rows of n into strips: the rows of some outputs, one after another, then those of the next. */
    default void cut(float[][] rows, float[] strips, int n) {}

    /**
     * The gradient of the weights over many frames: dw[j][i] = fma(xs[f][l m + j], dzs[f][l n + i], dw[j][i]), frames f =
     * from .. to - 1 ascending, lanes ascending within a frame. Hand over as many frames as there are: sums then stay in
     * registers. A dead lane has dz = 0 and finite x: fma with zero leaves every sum as it is (but for the sign of a zero).
     */
    void outer(Shape shape, float[][] dw, float[][] xs, float[][] dzs, int from, int to);

    /** y[l n + i] = b[i]: where a product with a bias starts. */
    default void bias(float[] b, float[] y, int n, int lanes) {
        for (int l = 0; l < lanes; l++) {
            System.arraycopy(b, 0, y, l * n, n);
        }
    }

    /** db[i] += dzs[f][l n + i], frames from .. to - 1 ascending, lanes ascending within a frame. */
    void biasSlope(float[][] dzs, int from, int to, float[] db, int n, int lanes);

    /** A weight per element, the same in each lane: y[l n + i] += d[i] x[l n + i], fused. */
    void diagonal(float[] d, float[] x, float[] y, int n, int lanes);

    /** Its gradient: dd[i] += x[l n + i] dy[l n + i], fused, lanes ascending. */
    void diagonalSlope(float[] x, float[] dy, float[] dd, int n, int lanes);

    /** The rows of a flat weight vector: rows[j] = flat[at + j n ..]. Cheap: done once per model or training step. */
    default void pack(float[] flat, int at, float[][] rows, int n) {
        for (int j = 0; j < rows.length; j++) {
            System.arraycopy(flat, at + j * n, rows[j], 0, n);
        }
    }

    /** The way back: flat[at + j n ..] = rows[j]. */
    default void unpack(float[][] rows, float[] flat, int at, int n) {
        for (int j = 0; j < rows.length; j++) {
            System.arraycopy(rows[j], 0, flat, at + j * n, n);
        }
    }

    /** columns[i][j] = rows[j][i]: m rows of n become n rows of m. Done once per training step. */
    default void transpose(float[][] rows, float[][] columns, int n) {
        for (int i = 0; i < n; i++) {
            float[] column = columns[i];
            for (int j = 0; j < rows.length; j++) {
                column[j] = rows[j][i];
            }
        }
    }
}
