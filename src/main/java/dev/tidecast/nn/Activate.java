package dev.tidecast.nn;

import java.util.List;

/** y = f(x), element by element; in place where nobody else needs x. */
record Activate(Activation f, Slot in, Slot out, boolean inPlace) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in);
    }

    Activate placed() {
        return new Activate(f, in, out, true);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        f.apply(tape.kernels(), tape.value(in, t), tape.value(out, t), tape.lanes() * out.size());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        if (inPlace) {
            f.slopeInPlace(tape.value(out, t), tape.slope(out, t), n);
        } else {
            f.slope(tape.kernels(), tape.value(out, t), tape.slope(out, t), tape.slope(in, t), n);
        }
    }
}
