package dev.tidecast.learn;

/**
 * All that a trainer remembers: the weights, the optimiser's moments, how many updates there were, how many of them moved the
 * weights and how many were refused because their gradient was not finite. Nobody changes it.
 */
public record TrainerState(float[] weights, float[][] moments, long updates, long moved, long refused) {
    /** A trainer that has weights and remembers nothing. */
    public static TrainerState of(float[] weights) {
        return new TrainerState(weights.clone(), new float[2][weights.length], 0, 0, 0);
    }

    /** The same trainer with other weights. */
    public TrainerState with(float[] other) {
        return new TrainerState(other.clone(), moments, updates, moved, refused);
    }
}
