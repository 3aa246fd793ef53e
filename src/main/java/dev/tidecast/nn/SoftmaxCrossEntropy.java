package dev.tidecast.nn;

import dev.tidecast.kernel.FloatMath;

/** -Σ target ln p with p = softmax(y); the target is a distribution over the outputs, often one 1 among zeros. */
public record SoftmaxCrossEntropy() implements Loss {
    @Override
    public double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy) {
        float highest = Float.NEGATIVE_INFINITY;
        float mass = 0;
        for (int i = 0; i < size; i++) {
            highest = Math.max(highest, y[at + i]);
            mass += target[targetAt + i];
        }
        if (Float.isNaN(mass)) {
            return 0;
        }
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += FloatMath.exp(y[at + i] - highest);
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double p = FloatMath.exp(y[at + i] - highest) / total;
            sum += target[targetAt + i] * (StrictMath.log(total) - (y[at + i] - highest));
            dy[at + i] += weight * (float) (mass * p - target[targetAt + i]);
        }
        return sum;
    }
}
