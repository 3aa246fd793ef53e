package dev.tidecast.learn;

/**
 * How far training has come.
 *
 * @param loss the mean over the pass
 * @param validation of the mean of the last weights; NaN where nothing is held back
 * @param refused gradients that were not finite, so far
 */
public record Progress(int pass, int passes, double loss, double validation, long refused) {}
