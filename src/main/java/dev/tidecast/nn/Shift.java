package dev.tidecast.nn;

import java.util.List;

/** y = x + b: a bias per element. */
record Shift(Panel bias, Slot in, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in);
    }

    @Override
    public List<Panel> vectors() {
        return List.of(bias);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] y = tape.value(out, t);
        tape.kernels().bias(w.rows(bias)[0], y, out.size(), tape.lanes());
        tape.kernels().add(y, tape.value(in, t), y, tape.lanes() * out.size());
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dx = tape.slope(in, t);
        tape.kernels().add(dx, tape.slope(out, t), dx, tape.lanes() * out.size());
    }

    @Override
    public void gradient(Tape tape, int first, int last) {
        float[][] dys = tape.slopes(out, first, last);
        tape.kernels().biasSlope(dys, 0, last - first + 1, tape.gradient(bias)[0], out.size(), tape.lanes());
    }
}
