package dev.tidecast.learn;

/**
 * A sequence of steps of one history, walked from an empty state: steps from .. to - 1, of which those from {@code counted} on
 * are learnt from. It ends with a whole window; before its first step the first window is padded.
 */
record Stretch(int history, int from, int counted, int to) {
    /** How many windows it takes. */
    int windows(int window) {
        return (to - from + window - 1) / window;
    }

    /** The step in the first frame of a window; below {@link #from} where frames are padding. */
    int first(int k, int window) {
        return to - (windows(window) - k) * window;
    }
}
