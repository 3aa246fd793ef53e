package dev.tidecast.learn;

import dev.tidecast.kernel.Kernels;
import dev.tidecast.kernel.Shape;
import dev.tidecast.nn.Ridge;
import java.util.Arrays;

/**
 * What a ridge regression of the highway is solved from: Σ x xᵀ and Σ x yᵀ side by side, x with a constant 1 at its end, over
 * the steps whose targets from the first to the last horizon are all known. Summed in floats over a block of steps, in doubles
 * over blocks.
 */
final class HighwaySums {
    private static final int LANES = 16;
    private static final int FRAMES = 16;
    static final int BLOCK = LANES * FRAMES;

    private static final double MOST_PENALTY = 1000;
    private static final double OWN_PENALTY = .01;
    private static final double MOST_OWN_PENALTY = 100;
    /** A target further off says that the scale was wrong, not where the line lies. */
    private static final float FURTHEST = 10;

    private final Kernels kernels = Kernels.chosen();
    private final Learner learner;
    private final int inputs;
    private final int first;
    private final float young;
    private final Shape shape;
    private final double[][] products;
    private final float[][] block;
    private final float[][] xs = new float[FRAMES][];
    private final float[][] xys = new float[FRAMES][];
    private long rows;
    private int filled;

    /** @param young what a step counts that has not seen all its lags */
    HighwaySums(Learner learner, int first, int last, float young) {
        this.learner = learner;
        this.inputs = learner.network().inputs();
        this.first = first;
        this.young = young;
        shape = new Shape(inputs + 1, inputs + 1 + last - first + 1, LANES);
        products = new double[shape.inputs()][shape.outputs()];
        block = new float[shape.inputs()][];
        for (int i = 0; i < block.length; i++) {
            block[i] = Kernels.floats(shape.outputs());
        }
        for (int f = 0; f < FRAMES; f++) {
            xs[f] = Kernels.floats(LANES * shape.inputs());
            xys[f] = Kernels.floats(LANES * shape.outputs());
        }
    }

    int inputs() {
        return inputs;
    }

    /** How many steps counted. */
    long rows() {
        return rows;
    }

    /** Takes in a step, if its targets are known. */
    void add(History history, int t) {
        float counts = t < learner.longestLag() ? young : 1f;
        if (counts == 0) {
            return;
        }
        int n = shape.outputs();
        float[] xy = xys[filled / LANES];
        int at = filled % LANES * n;
        for (int k = inputs + 1; k < n; k++) {
            float target = history.target(t, first + k - inputs - 1);
            if (Float.isNaN(target)) {
                return;
            }
            xy[at + k] = Math.max(-FURTHEST, Math.min(FURTHEST, target));
        }
        history.features(t, 0, xy, at);
        if (!kernels.isFinite(xy, at, inputs)) {
            return;
        }
        xy[at + inputs] = 1;
        float[] x = xs[filled / LANES];
        for (int i = 0; i <= inputs; i++) {
            x[filled % LANES * shape.inputs() + i] = counts * xy[at + i];
        }
        rows++;
        if (++filled == BLOCK) {
            flush();
        }
    }

    /** What is not filled counts nothing: it is zero. */
    void flush() {
        for (int k = filled; k < BLOCK; k++) {
            int lane = k % LANES;
            Arrays.fill(xs[k / LANES], lane * shape.inputs(), (lane + 1) * shape.inputs(), 0f);
            Arrays.fill(xys[k / LANES], lane * shape.outputs(), (lane + 1) * shape.outputs(), 0f);
        }
        kernels.outer(shape, block, xs, xys, 0, FRAMES);
        for (int i = 0; i < products.length; i++) {
            for (int j = 0; j < shape.outputs(); j++) {
                products[i][j] += block[i][j];
                block[i][j] = 0;
            }
        }
        filled = 0;
    }

    void add(HighwaySums other) {
        rows += other.rows;
        for (int i = 0; i < products.length; i++) {
            for (int j = 0; j < products[i].length; j++) {
                products[i][j] += other.products[i][j];
            }
        }
    }

    /** What these steps have of their own beside a map, in its layout; the penalty is a hundredth per row, at most 100 in all. */
    float[] solveBeside(float[] map) {
        int outputs = shape.outputs() - inputs - 1;
        double[][] left = new double[products.length][];
        for (int i = 0; i < left.length; i++) {
            left[i] = products[i].clone();
            for (int j = 0; j <= inputs; j++) {
                for (int k = 0; k < outputs; k++) {
                    left[i][inputs + 1 + k] -= products[i][j] * map[j * outputs + k];
                }
            }
        }
        Ridge ridge = new Ridge(inputs, outputs);
        ridge.add(left);
        return ridge.solve(Math.max(1, Math.min(MOST_OWN_PENALTY, OWN_PENALTY * rows)));
    }

    /** The weights, input-major, the bias last; the penalty is per row, at most 1000 in all. */
    float[] solve(double penalty) {
        Ridge ridge = new Ridge(inputs, shape.outputs() - inputs - 1);
        ridge.add(products);
        return ridge.solve(Math.max(1, Math.min(MOST_PENALTY, penalty * rows)));
    }
}
