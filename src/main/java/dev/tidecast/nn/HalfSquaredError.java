package dev.tidecast.nn;

/** ½ (y - target)². */
public record HalfSquaredError() implements Loss {
    @Override
    public double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            float error = y[at + i] - target[targetAt + i];
            if (!Float.isNaN(target[targetAt + i])) {
                sum += 0.5 * error * error;
                dy[at + i] += weight * error;
            }
        }
        return sum;
    }
}
