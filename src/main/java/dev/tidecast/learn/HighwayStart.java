package dev.tidecast.learn;

import java.util.List;

/**
 * The start of the highway: one ridge regression from the features of all keys to the targets of all horizons. One matrix of
 * products serves every horizon, over the steps that have seen all their lags and whose whole horizon is known; where those
 * are few, young steps count a little, and each horizon may have a matrix of its own.
 * Products are summed by a fixed number of parts.
 */
final class HighwayStart {
    private static final int PARTS = 8;
    private static final long MOST_ROWS = 400_000;
    /** So many rows per input leave no doubt about the line. */
    private static final int ENOUGH = 10;

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
        HighwaySums whole = sums(1, learner.horizon(), MOST_ROWS);
        boolean enough = whole.rows() > (long) ENOUGH * inputs;
        learner.startHighway(w, enough ? solve(whole, learner.horizon()) : ofFew());
    }

    /** Steps that have not seen all their lags count too, and horizons that are rarely whole are solved one by one. */
    private float[] ofFew() {
        young = recipe.weights().cold();
        int horizon = learner.horizon();
        HighwaySums whole = sums(1, horizon, MOST_ROWS);
        if (whole.rows() * 2 >= sums(1, 1, MOST_ROWS).rows()) {
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

    private float[] solve(HighwaySums sums, int outputs) {
        if (sums.rows() < 2) {
            return new float[(inputs + 1) * outputs];
        }
        return sums.solve(recipe.weights().penalty());
    }

    /** Over the steps whose targets from the first to the last horizon are all known; every so many if they are too many. */
    private HighwaySums sums(int first, int last, long mostRows) {
        long steps = 0;
        for (History history : histories) {
            steps += history.steps();
        }
        int stride = (int) Math.max(1, (steps + mostRows - 1) / mostRows);
        HighwaySums[] parts = new HighwaySums[PARTS];
        crew.each(PARTS, p -> {
            parts[p] = new HighwaySums(learner, first, last, young);
            part(parts[p], p, stride);
            parts[p].flush();
        });
        for (int p = 1; p < PARTS; p++) {
            parts[0].add(parts[p]);
        }
        return parts[0];
    }

    private void part(HighwaySums sums, int p, int stride) {
        long number = 0;
        for (History history : histories) {
            for (int t = 0; t < history.steps(); t += stride) {
                if (number++ / HighwaySums.BLOCK % PARTS == p) {
                    sums.add(history, t);
                }
            }
        }
    }
}
