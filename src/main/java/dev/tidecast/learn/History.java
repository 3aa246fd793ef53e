package dev.tidecast.learn;

import java.util.List;

/**
 * One key's past as the network sees it, step by step: what was known after each step and what came of it. Read by any
 * number of threads at once.
 */
public interface History {
    /** How many steps there are. */
    int steps();

    /**
     * Writes what the network reads after step t, counted from 0; back steps before it, for networks that read their window
     * again: as it is seen from step t.
     */
    void features(int t, int back, float[] x, int at);

    /** What the network should have said after step t of step t + h, h from 1; NaN where that is not known. */
    float target(int t, int h);

    /** All horizons of a step at once; what is learnt by the network itself. */
    default void targets(int t, float[] to) {
        for (int h = 1; h <= to.length; h++) {
            to[h - 1] = target(t, h);
        }
    }

    /** What its key shares with keys that are alike; empty where all are. */
    default String kin() {
        return "";
    }

    /** The bucket index of step t: what clockwork periods are counted in. */
    long index(int t);

    /** The same history as it was known after so many steps: no later label is seen. */
    default History upTo(int steps) {
        return steps >= steps() ? this : new Known(this, steps);
    }

    /** The same history as it was known when this bucket had not closed yet. */
    default History before(long index) {
        long known = steps() == 0 ? 0 : index - index(0);
        return upTo((int) Math.max(0, Math.min(steps(), known)));
    }

    /** How long half of the histories are at most; 0 of none. */
    static int usualSteps(List<? extends History> histories) {
        int[] steps = histories.stream().mapToInt(History::steps).sorted().toArray();
        return steps.length == 0 ? 0 : steps[steps.length / 2];
    }

    /** The first steps of a history. */
    record Known(History whole, int steps) implements History {
        @Override
        public void features(int t, int back, float[] x, int at) {
            whole.features(t, back, x, at);
        }

        @Override
        public float target(int t, int h) {
            return t + h < steps ? whole.target(t, h) : Float.NaN;
        }

        @Override
        public String kin() {
            return whole.kin();
        }

        @Override
        public long index(int t) {
            return whole.index(t);
        }
    }
}
