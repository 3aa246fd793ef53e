package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/** y = a + b. */
record Add(Slot a, Slot b, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(a, b);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        tape.kernels().add(tape.value(a, t), tape.value(b, t), tape.value(out, t), tape.lanes() * out.size());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = tape.lanes() * out.size();
        float[] dy = tape.slope(out, t);
        k.add(tape.slope(a, t), dy, tape.slope(a, t), n);
        k.add(tape.slope(b, t), dy, tape.slope(b, t), n);
    }
}
