package dev.tidecast.kernel;

/**
 * The loops under every network. All implementations give the same bits: the order of every floating-point operation is
 * part of each method's contract, so plain and vector code, every vector width, every JDK and every machine agree (which
 * NaN a NaN is does not count).
 *
 * <p>Memory: a vector of size n for L lanes is one {@code float[L × n]}, lane after lane. A matrix from m inputs to n
 * outputs is its rows by input, {@code w[j]} = {@code float[n]}: the weights that input j sends out. Arrays may be longer
 * than needed. Arrays of one call must not overlap, except that an element-wise method may write over one it reads.
 * Nothing is allocated, nothing is kept; every method may be called by any thread.
 */
public interface Kernels extends Products {
    /** Floats in the longest vector. */
    int ROOM = 16;

    /** The kernels of this process: chosen once by {@link KernelChoice}; which ones cannot be seen in any result. */
    static Kernels chosen() {
        return KernelChoice.chosen().kernels();
    }

    /** One line for people: which kernels, and why. Throws on a CPU without fused multiply-add. */
    static String describe() {
        return KernelChoice.chosen().describe();
    }

    /**
     * Zeros with room for a vector past their end. The products may read that far (what is there does not matter, and stays),
     * and are slower without it where n is no multiple of 16: rows of weights and vectors of a tape should be made by this.
     */
    static float[] floats(int n) {
        return new float[n + ROOM];
    }

    /** A word for reports: {@code scalar}, {@code vector-512}. */
    String name();

    /** y = tanh x; largest error 2.9e-7 ({@code FloatMathTest} bounds them all). */
    void tanh(float[] x, float[] y, int n);

    /** y = 1 / (1 + e^-x); largest error 1.7e-7. */
    void sigmoid(float[] x, float[] y, int n);

    /** y = e^x; largest relative error below 9e-8. */
    void exp(float[] x, float[] y, int n);

    /** y = ln x; largest relative error below 9e-8. */
    void log(float[] x, float[] y, int n);

    /** y = ln(1 + e^x); largest relative error below 3e-7. */
    void softplus(float[] x, float[] y, int n);

    /** y = x where x > 0, slope × x elsewhere; slope 0 is the plain ReLU. */
    void relu(float slope, float[] x, float[] y, int n);

    /** dx += dy (1 - y²). */
    void tanhSlope(float[] y, float[] dy, float[] dx, int n);

    /** dx += dy (y - y²). */
    void sigmoidSlope(float[] y, float[] dy, float[] dx, int n);

    /** dx += dy σ(x). */
    void softplusSlope(float[] x, float[] dy, float[] dx, int n);

    /** dx += dy / x, the slope of {@link #log}. */
    void logSlope(float[] x, float[] dy, float[] dx, int n);

    /** dx += dy where x > 0, slope × dy elsewhere. */
    void reluSlope(float slope, float[] x, float[] dy, float[] dx, int n);

    /** y = a + b. */
    void add(float[] a, float[] b, float[] y, int n);

    /** y = a - b. */
    void subtract(float[] a, float[] b, float[] y, int n);

    /** y = a b. */
    void multiply(float[] a, float[] b, float[] y, int n);

    /** y += a b, fused. */
    void multiplyAdd(float[] a, float[] b, float[] y, int n);

    /** y = alpha x. */
    void scale(float alpha, float[] x, float[] y, int n);

    /** y[yAt + i] += alpha x[xAt + i], fused. */
    void axpy(float alpha, float[] x, int xAt, float[] y, int yAt, int n);

    /** y = gate a + (1 - gate) b, as b + gate (a - b), fused. */
    void blend(float[] gate, float[] a, float[] b, float[] y, int n);

    /** a b summed by 16 virtual accumulators and one tree. */
    float dot(float[] a, int aAt, float[] b, int bAt, int n);

    /** Summed by 16 virtual accumulators and one tree. */
    float sum(float[] x, int at, int n);

    /** Squares summed by 16 virtual accumulators and one tree. */
    default float sumOfSquares(float[] x, int at, int n) {
        return dot(x, at, x, at, n);
    }

    /** The largest; NaN if there is one; minus infinity for n = 0. */
    default float max(float[] x, int at, int n) {
        return ScalarSums.max(x, at, n);
    }

    /** Whether there is neither NaN nor infinity. */
    boolean isFinite(float[] x, int at, int n);

    /** y[at + i] = e^(x[at + i] - max x) / sum of those. */
    void softmax(float[] x, float[] y, int at, int n);

    /** dx[at + i] += y[at + i] (dy[at + i] - y · dy). */
    void softmaxSlope(float[] y, float[] dy, float[] dx, int at, int n);

    /** One pass of Adam over [0, n) of the flat weights w, gradients g and moments m, v. */
    void adam(AdamStep step, float[] w, float[] g, float[] m, float[] v, int n);

    /** One pass of gradient descent: m = momentum m + g; w = keep w - rate m. */
    void descend(float rate, float momentum, float keep, float[] w, float[] g, float[] m, int n);
}
