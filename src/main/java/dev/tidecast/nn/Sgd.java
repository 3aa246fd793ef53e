package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;

/** Gradient descent with momentum: m = momentum m + g, w = w - rate m. */
public record Sgd(double momentum) implements Optimiser {
    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), not " + momentum);
        }
    }

    @Override
    public int memoryPerWeight() {
        return 1;
    }

    @Override
    public void step(Kernels kernels, float[] w, float[] dw, float[][] memory, long step, double rate) {
        kernels.descend((float) rate, (float) momentum, 1f, w, dw, memory[0], w.length);
    }
}
