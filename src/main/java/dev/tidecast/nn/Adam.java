package dev.tidecast.nn;

import dev.tidecast.kernel.AdamStep;
import dev.tidecast.kernel.Kernels;

/** Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019). */
public record Adam(double beta1, double beta2, double epsilon, double decay) implements Optimiser {
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException("Adam needs betas in [0, 1), epsilon above 0, decay not below 0");
        }
    }

    /** The authors' constants, without decay. */
    public Adam() {
        this(0.9, 0.999, 1e-8, 0);
    }

    @Override
    public int memoryPerWeight() {
        return 2;
    }

    @Override
    public void step(Kernels kernels, float[] w, float[] dw, float[][] memory, long step, double rate) {
        AdamStep constants = new AdamStep(
                (float) beta1,
                (float) beta2,
                (float) (rate / (1 - StrictMath.pow(beta1, step))),
                (float) (1 / (1 - StrictMath.pow(beta2, step))),
                (float) epsilon,
                (float) (1 - rate * decay));
        kernels.adam(constants, w, dw, memory[0], memory[1], w.length);
    }
}
