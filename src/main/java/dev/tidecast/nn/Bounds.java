package dev.tidecast.nn;

/**
 * The frames from one bound to another, both included. A bound above 0 counts frames from the first (1), any other from the
 * last (0), so that a window may have any number of frames.
 */
record Bounds(int from, int to) {
    /** Every frame. */
    static final Bounds ALL = new Bounds(1, 0);

    int first(int frames) {
        return frame(from, frames);
    }

    int last(int frames) {
        return frame(to, frames);
    }

    private static int frame(int bound, int frames) {
        return bound > 0 ? bound : frames + bound;
    }
}
