package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/** y = a ⊙ b. */
record Multiply(Slot a, Slot b, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(a, b);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        tape.kernels().multiply(tape.value(a, t), tape.value(b, t), tape.value(out, t), tape.lanes() * out.size());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = tape.lanes() * out.size();
        float[] dy = tape.slope(out, t);
        k.multiplyAdd(dy, tape.value(b, t), tape.slope(a, t), n);
        k.multiplyAdd(dy, tape.value(a, t), tape.slope(b, t), n);
    }
}
