package dev.tidecast.learn;

import dev.tidecast.kernel.Kernels;
import dev.tidecast.kernel.Shape;
import dev.tidecast.nn.Ridge;
import java.util.Arrays;
import java.util.List;

/**
 * The start of the highway: one ridge regression from the features of all keys to the targets of all horizons. One matrix of
 * products serves every horizon, over the steps that have seen all their lags and whose whole horizon is known; where those
 * are few, young steps count a little, and each horizon may have a matrix of its own.
 * Products are summed in floats over a block of steps, in doubles over blocks, by a fixed number of parts.
 */
final class HighwayStart {
    private static final int PARTS = 8;
    private static final int LANES = 16;
    private static final int FRAMES = 16;
    private static final int BLOCK = LANES * FRAMES;
    private static final long MOST_ROWS = 400_000;
    /** So many rows per input leave no doubt about the line. */
    private static final int ENOUGH = 10;

    private static final double MOST_PENALTY = 1000;
    /** A target further off says that the scale was wrong, not where the line lies. */
    private static final float FURTHEST = 10;

    private final Learner learner;
    private final Recipe recipe;
    private final List<History> histories;
    private final Crew crew;
    private final int inputs;
    /** What a step counts that has not seen all its lags. */
    private float young;

    HighwayStart(Learner learner, Recipe recipe, List<History> histories, Crew crew) {
        this.learner = learner;
        this.recipe = recipe;
        this.histories = histories;
        this.crew = crew;
        inputs = learner.network().inputs();
    }

    void write(float[] w) {
        if (learner.highway().isEmpty()) {
            return;
        }
        Sums whole = sums(1, learner.horizon(), MOST_ROWS);
        boolean enough = whole.rows > (long) ENOUGH * inputs;
        learner.startHighway(w, enough ? solve(whole, learner.horizon()) : ofFew());
    }

    /** Steps that have not seen all their lags count too, and horizons that are rarely whole are solved one by one. */
    private float[] ofFew() {
        young = recipe.cold();
        int horizon = learner.horizon();
        Sums whole = sums(1, horizon, MOST_ROWS);
        if (whole.rows * 2 >= sums(1, 1, MOST_ROWS).rows) {
            return solve(whole, horizon);
        }
        float[] ridge = new float[(inputs + 1) * horizon];
        for (int h = 1; h <= horizon; h++) {
            float[] one = solve(sums(h, h, MOST_ROWS), 1);
            for (int i = 0; i <= inputs; i++) {
                ridge[i * horizon + h - 1] = one[i];
            }
        }
        return ridge;
    }

    private float[] solve(Sums sums, int outputs) {
        if (sums.rows < 2) {
            return new float[(inputs + 1) * outputs];
        }
        Ridge ridge = new Ridge(inputs, outputs);
        ridge.add(sums.products);
        return ridge.solve(Math.max(1, Math.min(MOST_PENALTY, recipe.penalty() * sums.rows)));
    }

    /** Over the steps whose targets from the first to the last horizon are all known; every so many if they are too many. */
    private Sums sums(int first, int last, long mostRows) {
        long steps = 0;
        for (History history : histories) {
            steps += history.steps();
        }
        int stride = (int) Math.max(1, (steps + mostRows - 1) / mostRows);
        Sums[] parts = new Sums[PARTS];
        crew.each(PARTS, p -> {
            parts[p] = new Sums(first, last);
            parts[p].part(p, stride);
        });
        for (int p = 1; p < PARTS; p++) {
            parts[0].add(parts[p]);
        }
        return parts[0];
    }

    /** Σ x xᵀ and Σ x yᵀ side by side, x with a constant 1 at its end. */
    private final class Sums {
        private final Kernels kernels = Kernels.chosen();
        private final int first;
        private final Shape shape;
        private final double[][] products;
        private final float[][] block;
        private final float[][] xs = new float[FRAMES][];
        private final float[][] xys = new float[FRAMES][];
        private long rows;
        private int filled;

        Sums(int first, int last) {
            this.first = first;
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

        void part(int p, int stride) {
            long number = 0;
            for (History history : histories) {
                for (int t = 0; t < history.steps(); t += stride) {
                    if (number++ / BLOCK % PARTS == p) {
                        row(history, t);
                    }
                }
            }
            flush();
        }

        private void row(History history, int t) {
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
        private void flush() {
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

        void add(Sums other) {
            rows += other.rows;
            for (int i = 0; i < products.length; i++) {
                for (int j = 0; j < products[i].length; j++) {
                    products[i][j] += other.products[i][j];
                }
            }
        }
    }
}
