package dev.tidecast.learn;

import java.util.List;
import java.util.SortedMap;

/**
 * What came of training.
 *
 * @param weights flat, as the network lays them out
 * @param roads what each kin has beside the highway
 * @param chosen after which pass they were taken; 0 is the start, highway alone
 * @param start the validation loss of the start
 * @param validation theirs; NaN where nothing was held back
 */
public record Trained(
        float[] weights,
        SortedMap<String, float[]> roads,
        int chosen,
        double start,
        double validation,
        List<Progress> course) {}
