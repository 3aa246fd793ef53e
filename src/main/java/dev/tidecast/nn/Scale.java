package dev.tidecast.nn;

import java.util.Arrays;
import java.util.List;

/** y = p ⊙ x: a weight per element, as peepholes have. */
record Scale(Panel weight, Slot in, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in);
    }

    @Override
    public List<Panel> vectors() {
        return List.of(weight);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] y = tape.value(out, t);
        Arrays.fill(y, 0, tape.lanes() * out.size(), 0f);
        tape.kernels().diagonal(w.rows(weight)[0], tape.value(in, t), y, out.size(), tape.lanes());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dy = tape.slope(out, t);
        tape.kernels().diagonal(w.rows(weight)[0], dy, tape.slope(in, t), out.size(), tape.lanes());
        tape.kernels().diagonalSlope(tape.value(in, t), dy, tape.gradient(weight)[0], out.size(), tape.lanes());
    }
}
