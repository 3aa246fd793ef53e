package dev.tidecast.nn;

import java.util.List;

/** y = x: hands a state from one stage to the next. */
record Assign(Slot in, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        System.arraycopy(tape.value(in, t), 0, tape.value(out, t), 0, tape.lanes() * out.size());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dx = tape.slope(in, t);
        tape.kernels().add(dx, tape.slope(out, t), dx, tape.lanes() * out.size());
    }
}
