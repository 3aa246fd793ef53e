package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimiser at work on one flat array of weights: clips, refuses what is not finite and counts it, steps. Owned by one
 * thread. {@link #moments} and {@link #steps} are all it remembers.
 */
public final class Descent {
    private final Kernels kernels = Kernels.chosen();
    private final Optimiser optimiser;
    private final Schedule schedule;
    private final Clip clip;
    private final float[][] moments;
    private final List<Slow> slow = new ArrayList<>();
    private long steps;
    private long refused;
    private double norm;

    /** A part of the weights that goes only a share of each step's way; {@code from} is where it stood. */
    private record Slow(int offset, float share, float[] from) {}

    public Descent(Optimiser optimiser, Schedule schedule, Clip clip, int weights) {
        this.optimiser = optimiser;
        this.schedule = schedule;
        this.clip = clip;
        moments = new float[optimiser.memoryPerWeight()][weights];
    }

    /** From now on this part of the weights moves by a share of what a step would move it: a learning rate of its own. */
    public Descent slow(Param param, float share) {
        slow.add(new Slow(param.offset(), share, new float[param.size()]));
        return this;
    }

    /** Moves w against dw, which is clipped in place; false where dw is not finite and nothing was moved. */
    public boolean step(float[] w, float[] dw) {
        if (!kernels.isFinite(dw, 0, dw.length)) {
            refused++;
            return false;
        }
        norm = clip.apply(kernels, dw);
        steps++;
        for (Slow part : slow) {
            System.arraycopy(w, part.offset, part.from, 0, part.from.length);
        }
        optimiser.step(kernels, w, dw, moments, steps, schedule.rate(steps));
        for (Slow part : slow) {
            hold(part, w);
        }
        return true;
    }

    private static void hold(Slow part, float[] w) {
        for (int i = 0; i < part.from.length; i++) {
            float start = part.from[i];
            w[part.offset + i] = start + part.share * (w[part.offset + i] - start);
        }
    }

    /** How many gradients have moved the weights. */
    public long steps() {
        return steps;
    }

    /** How many gradients were refused because they were not finite. */
    public long refused() {
        return refused;
    }

    /** The norm of the last gradient before it was bounded by norm. */
    public double norm() {
        return norm;
    }

    /** The optimiser's memory: flat twins of the weights. */
    public float[][] moments() {
        return moments;
    }

    /** Goes on where another one stopped, its moments having been copied. */
    public void resume(long steps, long refused) {
        this.steps = steps;
        this.refused = refused;
    }
}
