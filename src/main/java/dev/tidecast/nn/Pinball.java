package dev.tidecast.nn;

/** For each target and level q: q (target - y) where the target lies above y, (1 - q) (y - target) below. y holds, target by target, its levels. */
public record Pinball(float... levels) implements Loss {
    public Pinball {
        levels = levels.clone();
        for (int q = 0; q < levels.length; q++) {
            if (!(levels[q] > 0 && levels[q] < 1) || (q > 0 && levels[q] <= levels[q - 1])) {
                throw new IllegalArgumentException("levels must ascend strictly between 0 and 1");
            }
        }
    }

    @Override
    public int outputs(int targets) {
        return targets * levels.length;
    }

    @Override
    public double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            float level = levels[i % levels.length];
            float truth = target[targetAt + i / levels.length];
            float slope = y[at + i] < truth ? -level : 1f - level;
            if (!Float.isNaN(truth)) {
                sum += (double) slope * ((double) y[at + i] - truth);
                dy[at + i] += weight * slope;
            }
        }
        return sum;
    }

    @Override
    public float[] levels() {
        return levels.clone();
    }
}
