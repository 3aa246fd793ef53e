package dev.tidecast.learn;

/**
 * How far training has come.
 *
 * @param loss the mean over the pass
 * @param validation of the mean of the last weights; NaN where nothing is held back
 * @param refused gradients that were not finite, so far
 */
public record Progress(Position at, double loss, double validation, long refused) {
    /**
     * Which pass of which training has ended.
     *
     * @param training which of several trainings, one after the other (networks, and what they learn before), from 1
     * @param trainings how many there are
     */
    public record Position(int training, int trainings, int pass, int passes) {}

    /** That of the only training. */
    Progress(int pass, int passes, double loss, double validation, long refused) {
        this(new Position(1, 1, pass, passes), loss, validation, refused);
    }

    /** The same of one of several. */
    Progress of(int which, int many) {
        return new Progress(new Position(which, many, at.pass, at.passes), loss, validation, refused);
    }

    public int training() {
        return at.training;
    }

    public int trainings() {
        return at.trainings;
    }

    public int pass() {
        return at.pass;
    }

    public int passes() {
        return at.passes;
    }

    /** How much is done, the trainings that are still to come included. */
    public double share() {
        return (at.training - 1 + (double) at.pass / at.passes) / at.trainings;
    }
}
