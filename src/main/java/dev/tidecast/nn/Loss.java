package dev.tidecast.nn;

/**
 * What learning minimises. Called for each live output of a tape after its forward pass. A target that is not a number is
 * missing: it costs nothing and pulls nowhere.
 */
public sealed interface Loss permits HalfSquaredError, Huber, Pinball, SoftmaxCrossEntropy, Qlike {
    /** How many outputs answer so many targets. */
    default int outputs(int targets) {
        return targets;
    }

    /** The loss of y[at .. at + size) against target[targetAt ..]; adds weight × its slope to dy[at .. at + size). */
    double apply(float[] y, int at, int size, float[] target, int targetAt, float weight, float[] dy);
}
