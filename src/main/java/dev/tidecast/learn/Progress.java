package dev.tidecast.learn;

/**
 * How far training has come.
 *
 * @param training which of several trainings, one after the other (networks, and what they learn before), from 1
 * @param trainings how many there are
 * @param loss the mean over the pass
 * @param validation of the mean of the last weights; NaN where nothing is held back
 * @param refused gradients that were not finite, so far
 */
public record Progress(
        int training, int trainings, int pass, int passes, double loss, double validation, long refused) {
    /** The only one. */
    Progress(int pass, int passes, double loss, double validation, long refused) {
        this(1, 1, pass, passes, loss, validation, refused);
    }

    /** The same of one of several. */
    Progress of(int which, int many) {
        return new Progress(which, many, pass, passes, loss, validation, refused);
    }

    /** How much is done, the trainings that are still to come included. */
    public double share() {
        return (training - 1 + (double) pass / passes) / trainings;
    }
}
