package dev.tidecast.learn;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Param;
import java.util.List;

/** What is learnt: a network that answers with the quantiles of every horizon, and its linear highway, if it has one. */
public interface Learner {
    /** Its outputs are {@code [(h - 1) × Grid.SIZE + level]}, never crossed. */
    Network network();

    int horizon();

    /** How many steps it is shown at once: 1 if it recurs. */
    int window();

    /** Steps younger than this have not seen enough of their lags: they count less. */
    int longestLag();

    /** The linear part; empty if there is none. */
    List<Param> highway();

    /** The linear part of flat weights: inputs × horizon and the bias last. */
    float[] highway(float[] w);

    /** What a map of the same layout says of every horizon. */
    float[] beside(float[] road, float[] x);

    /** Writes a ridge solution, inputs × horizon and the bias last, into the highway. */
    void startHighway(float[] w, float[] ridge);
}
