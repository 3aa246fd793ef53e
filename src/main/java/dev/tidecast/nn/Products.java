package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/** y = a ⊙ b + c ⊙ d: what a gated memory does at every step. */
record Products(Slot a, Slot b, Slot c, Slot d, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(a, b, c, d);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = tape.lanes() * out.size();
        float[] y = tape.value(out, t);
        k.multiply(tape.value(c, t), tape.value(d, t), y, n);
        k.multiplyAdd(tape.value(a, t), tape.value(b, t), y, n);
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = tape.lanes() * out.size();
        float[] dy = tape.slope(out, t);
        k.multiplyAdd(dy, tape.value(b, t), tape.slope(a, t), n);
        k.multiplyAdd(dy, tape.value(a, t), tape.slope(b, t), n);
        k.multiplyAdd(dy, tape.value(d, t), tape.slope(c, t), n);
        k.multiplyAdd(dy, tape.value(c, t), tape.slope(d, t), n);
    }
}
