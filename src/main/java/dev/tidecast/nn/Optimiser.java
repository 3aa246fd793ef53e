package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;

/** How a gradient moves the weights. It owns no numbers: its moments are flat twins of the weights, handed in. */
public sealed interface Optimiser permits Sgd, Adam {
    /** How many floats of memory per weight. */
    int memoryPerWeight();

    /**
     * Moves w against dw.
     *
     * @param memory memoryPerWeight twins of w, zero at first
     * @param step counted from 1
     */
    void step(Kernels kernels, float[] w, float[] dw, float[][] memory, long step, double rate);
}
