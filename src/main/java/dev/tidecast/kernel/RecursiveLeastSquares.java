package dev.tidecast.kernel;

import java.util.Arrays;

/**
 * Least squares, one observation at a time: y ≈ θ·x, with the covariance P kept as U D Uᵀ (Bierman 1977), U unit upper
 * triangular and D positive, so that rounding can never make a variance negative.
 *
 * <pre>
 * ξ = xᵀ P x     what is not known about this x; 0: nothing to learn
 * β = λ - (1 - λ) / ξ     the weight of the observation (Kulhavý 1987): only the direction of x is forgotten
 * P = P - P x xᵀ P / (1/β + ξ)
 * θ = θ + P x (y - θ·x) / (1 + ξ), with the P from before
 * </pre>
 *
 * <p>An x far below the usual size says next to nothing, so it forgets nothing: there β = 1. The trace of P is capped. With λ
 * = 1 this is ridge regression with penalty 1 / prior. Numbers are data: the state is {@link #size} doubles inside an array
 * of the caller, θ, then U by columns with D on its diagonal, then the mean square of x. An object is immutable and serves all
 * threads.
 */
public final class RecursiveLeastSquares {
    /** Squares below this part of the usual count as no excitation. */
    private static final double EXCITED = 0.01;

    /** How fast the usual size of x follows. */
    private static final double SIZE_STEP = 0.01;

    private static final double SMALLEST = 1e-280;
    private static final double LARGEST = 1e100;

    private final int inputs;
    private final double prior;
    private final double lambda;
    private final double traceCap;

    /** prior: the variance of each θ at the start; lambda: what is kept, 1 = everything; traceCap: the largest trace of P. */
    public RecursiveLeastSquares(int inputs, double prior, double lambda, double traceCap) {
        if (inputs < 1
                || !(prior > 0)
                || !(lambda > 0 && lambda <= 1)
                || !(traceCap >= prior * inputs && traceCap < LARGEST)) {
            throw new IllegalArgumentException("inputs >= 1, prior > 0, 0 < lambda <= 1, traceCap >= inputs x prior: "
                    + inputs + " inputs, not all of these hold");
        }
        this.inputs = inputs;
        this.prior = prior;
        this.lambda = lambda;
        this.traceCap = traceCap;
    }

    /** Doubles of state. */
    public int size() {
        return inputs + inputs * (inputs + 1) / 2 + 1;
    }

    /** Knows nothing: θ = 0, P = prior × I. */
    public void reset(double[] state, int at) {
        Arrays.fill(state, at, at + size(), 0);
        for (int j = 0; j < inputs; j++) {
            state[diagonal(at, j)] = prior;
        }
    }

    /** Knows each θ to be near a mean, with a variance of its own. */
    public void reset(double[] state, int at, double[] mean, double[] variance) {
        reset(state, at);
        for (int j = 0; j < inputs; j++) {
            state[at + j] = mean[j];
            state[diagonal(at, j)] = variance[j];
        }
    }

    /** θ·x. */
    public double forecast(double[] state, int at, double[] x) {
        double sum = 0;
        for (int j = 0; j < inputs; j++) {
            sum += state[at + j] * x[j];
        }
        return sum;
    }

    /** ξ = xᵀ P x: the variance of the forecast for x, in units of the noise. */
    public double variance(double[] state, int at, double[] x) {
        double sum = 0;
        for (int j = 0; j < inputs; j++) {
            double f = projection(state, at, x, j);
            sum += state[diagonal(at, j)] * f * f;
        }
        return sum;
    }

    /** Learns that x gave y. False, and nothing changes, where a number is not finite or so large that θ could overflow. */
    public boolean learn(double[] state, int at, double[] x, double y) {
        double error = y - forecast(state, at, x);
        double unknown = variance(state, at, x);
        double square = 0;
        for (int j = 0; j < inputs; j++) {
            square += x[j] * x[j];
        }
        if (!(Math.abs(error) < LARGEST) || !(unknown < LARGEST) || !(square < LARGEST)) {
            return false;
        }
        double usual = state[at + size() - 1];
        if (unknown > 0) {
            double beta = square >= EXCITED * usual ? lambda - (1 - lambda) / unknown : 1;
            double[] gain = update(state, at, x, beta);
            for (int j = 0; j < inputs; j++) {
                state[at + j] += gain[j] * (error / (1 + unknown));
            }
            cap(state, at);
        }
        state[at + size() - 1] = usual + SIZE_STEP * (square - usual);
        return true;
    }

    /** Bierman's update of U and D with noise 1/β, times β throughout, so that β = 0 and negative β need no case. Returns P x. */
    private double[] update(double[] state, int at, double[] x, double beta) {
        double[] gain = new double[inputs];
        double[] f = new double[inputs];
        for (int j = 0; j < inputs; j++) {
            f[j] = projection(state, at, x, j);
        }
        double before = 1;
        for (int j = 0; j < inputs; j++) {
            int column = diagonal(at, j) - j;
            double d = state[column + j];
            double v = d * f[j];
            double after = before + beta * v * f[j];
            state[column + j] = Math.max(SMALLEST, d * (before / after));
            gain[j] = v;
            for (int i = 0; i < j; i++) {
                double u = state[column + i];
                state[column + i] = u - gain[i] * (beta * f[j] / before);
                gain[i] += u * v;
            }
            before = after;
        }
        return gain;
    }

    private void cap(double[] state, int at) {
        double trace = 0;
        for (int j = 0; j < inputs; j++) {
            int column = diagonal(at, j) - j;
            double squares = 1;
            for (int i = 0; i < j; i++) {
                squares += state[column + i] * state[column + i];
            }
            trace += squares * state[column + j];
        }
        if (trace > traceCap) {
            for (int j = 0; j < inputs; j++) {
                state[diagonal(at, j)] *= traceCap / trace;
            }
        }
    }

    /** (Uᵀ x)_j. */
    private double projection(double[] state, int at, double[] x, int j) {
        int column = diagonal(at, j) - j;
        double f = x[j];
        for (int i = 0; i < j; i++) {
            f += state[column + i] * x[i];
        }
        return f;
    }

    private int diagonal(int at, int j) {
        return at + inputs + j * (j + 1) / 2 + j;
    }
}
