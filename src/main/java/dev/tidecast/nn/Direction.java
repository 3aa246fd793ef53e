package dev.tidecast.nn;

/** Which way a stage walks its frames. */
public enum Direction {
    FORWARD(1),
    REVERSE(-1);

    private final int sign;

    Direction(int sign) {
        this.sign = sign;
    }

    /** 1 or -1: a lag of one step, in frames. */
    int sign() {
        return sign;
    }
}
