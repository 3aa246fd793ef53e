package dev.tidecast.nn;

import java.util.List;

/**
 * Operations that walk the same frames in the same direction. A bound above 0 counts frames from the first (1), any other
 * from the last (0), so that a window may have any number of frames.
 */
record Stage(Direction direction, int from, int to, List<Op> ops) {
    static final int FIRST = 1;
    static final int LAST = 0;

    int first(int frames) {
        return frame(from, frames);
    }

    int last(int frames) {
        return frame(to, frames);
    }

    /** Whether every frame is walked, oldest first. */
    boolean plain() {
        return direction == Direction.FORWARD && from == FIRST && to == LAST;
    }

    /** The frame where a walk begins. */
    int begin(int frames) {
        return direction == Direction.FORWARD ? first(frames) : last(frames);
    }

    int count(int frames) {
        return last(frames) - first(frames) + 1;
    }

    static int frame(int bound, int frames) {
        return bound > 0 ? bound : frames + bound;
    }
}
