package dev.tidecast.nn;

import java.util.List;

/** Operations that walk the same frames in the same direction. */
record Stage(Direction direction, Bounds bounds, List<Op> ops) {
    int first(int frames) {
        return bounds.first(frames);
    }

    int last(int frames) {
        return bounds.last(frames);
    }

    /** Whether every frame is walked, oldest first. */
    boolean plain() {
        return direction == Direction.FORWARD && bounds.equals(Bounds.ALL);
    }

    /** The frame where a walk begins. */
    int begin(int frames) {
        return direction == Direction.FORWARD ? first(frames) : last(frames);
    }

    int count(int frames) {
        return last(frames) - first(frames) + 1;
    }
}
