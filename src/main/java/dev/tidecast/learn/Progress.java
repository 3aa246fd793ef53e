package dev.tidecast.learn;

/**
 * How far training has come.
 *
 * @param member which of several networks that are trained one after the other, from 1
 * @param members how many there are
 * @param loss the mean over the pass
 * @param validation of the mean of the last weights; NaN where nothing is held back
 * @param refused gradients that were not finite, so far
 */
public record Progress(int member, int members, int pass, int passes, double loss, double validation, long refused) {
    /** One network of one. */
    Progress(int pass, int passes, double loss, double validation, long refused) {
        this(1, 1, pass, passes, loss, validation, refused);
    }

    /** The same of one of several. */
    Progress of(int which, int many) {
        return new Progress(which, many, pass, passes, loss, validation, refused);
    }

    /** How much is done, the members that are still to come included. */
    public double share() {
        return (member - 1 + (double) pass / passes) / members;
    }
}
