package dev.tidecast.nn;

import dev.tidecast.kernel.FloatMath;

/**
 * The loss of a variance forecast that ranks forecasts rightly however noisy the realised variance is (Patton 2011). The
 * output is the logarithm of the variance: r e^-y + y for a realised variance r, constants left out.
 */
public record Qlike() implements Loss {
    @Override
    public double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            float ratio = target[targetAt + i] * FloatMath.exp(-y[at + i]);
            if (!Float.isNaN(target[targetAt + i])) {
                sum += (double) ratio + y[at + i];
                dy[at + i] += weight * (1f - ratio);
            }
        }
        return sum;
    }
}
