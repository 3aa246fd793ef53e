package dev.tidecast.learn;

import java.util.List;

/**
 * What came of training.
 *
 * @param weights flat, as the network lays them out
 * @param chosen after which pass they were taken; 0 is the start, highway alone
 * @param start the validation loss of the start
 * @param validation theirs; NaN where nothing was held back
 */
public record Trained(float[] weights, int chosen, double start, double validation, List<Progress> course) {}
