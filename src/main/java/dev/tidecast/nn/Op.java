package dev.tidecast.nn;

import java.util.List;

/**
 * One differentiable operation of one step. It owns no numbers. {@link Network} calls it for each frame of its stage:
 * forward in the order declared, backward in the opposite order. Nothing may be allocated here.
 */
interface Op {
    /** What it writes, lag 0. */
    Slot out();

    /** What it reads; lags are in frames, negative ones lie ahead. */
    List<Slot> reads();

    /** The weights it uses. */
    default List<Param> params() {
        return List.of();
    }

    /** Whether a gradient may pass to what it reads. */
    default boolean differentiable() {
        return true;
    }

    /** out(t) from what it reads. */
    void forward(Weights w, Tape tape, int t);

    /** Always adds to slopes, never sets them. */
    void backward(Weights w, Tape tape, int t);

    /** Adds the weights' gradient of the frames first .. last, whose slopes are complete. */
    default void gradient(Tape tape, int first, int last) {}
}
