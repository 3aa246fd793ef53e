package dev.tidecast.nn;

import java.util.List;

/**
 * One differentiable operation of one step. It owns no numbers. {@link Network} calls it for each frame of its stage:
 * forward in the order declared, backward in the opposite order. Nothing may be allocated here.
 */
interface Op {
    /** What it writes, lag 0; the first if there are several. */
    Slot out();

    /** All that it writes. */
    default List<Slot> outs() {
        return List.of(out());
    }

    /** What it reads; lags are in frames, negative ones lie ahead. */
    List<Slot> reads();

    /** The matrices it multiplies what it reads by, in the same order; empty if it has none. */
    default List<Panel> matrices() {
        return List.of();
    }

    /** Weights of one row: a bias, or weights per element. */
    default List<Panel> vectors() {
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
