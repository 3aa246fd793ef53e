package dev.tidecast.nn;

/**
 * A vector that has the same place in every frame of a tape. Lag 0 is the step being computed, lag 1 the step before it:
 * {@code h.previous()} is h(t-1), in code as on paper. In a reverse stage "before" means the next frame.
 */
public record Slot(int index, int size, int lag) {
    /** The size of a vector with one number per frame of the tape, such as the weights of an attention. */
    static final int PER_FRAME = 0;

    /** This vector one step ago. */
    public Slot previous() {
        return back(1);
    }

    /** This vector some steps ago. */
    public Slot back(int steps) {
        return new Slot(index, size, lag + steps);
    }
}
