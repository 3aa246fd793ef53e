package dev.tidecast.learn;

import dev.tidecast.series.Grid;

/**
 * What training minimises, for each label y with quantiles q on the {@link Grid}:
 *
 * <pre>
 * 2 ρ(.5, y - q(.5)) + weight × mean over the other levels of ρ(level, y - q(level))      ρ(a, e) = max(a e, (a - 1) e)
 * </pre>
 *
 * The quantiles are cumulated from the median. In the second part the median is held fixed, or wide tails would pull it: what
 * the other levels would move it by is taken off its slope.
 */
final class Objective {
    private static final float[] LEVELS = levels();

    private final float weight;
    private double sum;
    private double count;

    Objective(float weight) {
        this.weight = weight / (Grid.SIZE - 1);
    }

    void clear() {
        sum = 0;
        count = 0;
    }

    /** The loss since {@link #clear}, each label times what it counts. */
    double sum() {
        return sum;
    }

    /** How much all labels count together. */
    double count() {
        return count;
    }

    /** Adds the slopes of one step, times what its labels count: y and dy from `at` on hold the quantiles of all targets. */
    void add(float[] y, int at, float[] targets, float counts, float[] dy) {
        double loss = 0;
        int labels = 0;
        for (int h = 0; h < targets.length; h++) {
            if (!Float.isNaN(targets[h])) {
                loss += label(y, at + h * Grid.SIZE, targets[h], counts, dy);
                labels++;
            }
        }
        sum += counts * loss;
        count += (double) counts * labels;
    }

    private double label(float[] y, int at, float target, float counts, float[] dy) {
        float others = 0;
        float loss = 0;
        for (int i = 0; i < Grid.SIZE; i++) {
            float over = y[at + i] - target;
            // without a branch: 1 where the target lies above
            float slope = 1f - LEVELS[i] - (Float.floatToRawIntBits(over) >>> 31);
            others += slope;
            loss += slope * over;
            dy[at + i] = counts * weight * slope;
        }
        int median = at + Grid.MEDIAN;
        float over = y[median] - target;
        float slope = .5f - (Float.floatToRawIntBits(over) >>> 31);
        dy[median] = counts * (2f * slope - weight * (others - slope));
        return 2f * slope * over + weight * (loss - slope * over);
    }

    private static float[] levels() {
        float[] levels = new float[Grid.SIZE];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (float) Grid.level(i);
        }
        return levels;
    }
}
