package dev.tidecast.nn;

/** ½ e² for an error within ± delta, delta (|e| - ½ delta) beyond: large errors pull no harder than delta. */
public record Huber(float delta) implements Loss {
    public Huber {
        if (!(delta > 0)) {
            throw new IllegalArgumentException("delta must be above 0, not " + delta);
        }
    }

    @Override
    public double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            float error = y[at + i] - target[targetAt + i];
            if (!Float.isNaN(target[targetAt + i])) {
                float clipped = Math.max(-delta, Math.min(delta, error));
                sum += clipped * (error - 0.5 * clipped);
                dy[at + i] += weight * clipped;
            }
        }
        return sum;
    }
}
