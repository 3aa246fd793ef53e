package dev.tidecast.nn;

import java.util.Arrays;
import java.util.List;

/** s = tanh(W_in x + W_back o + W s'): a step of a reservoir. Its weights never change and no gradient passes. */
record Echo(Reservoir reservoir, List<Slot> reads, Slot out) implements Op {
    @Override
    public boolean differentiable() {
        return false;
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] y = tape.value(out, t);
        int n = out.size();
        Arrays.fill(y, 0, tape.lanes() * n, 0f);
        int last = reads.size() - 1;
        for (int lane = 0; lane < tape.lanes(); lane++) {
            for (int k = 0; k < last; k++) {
                reservoir.hear(k, tape.value(reads.get(k), t), lane, y);
            }
            reservoir.recur(tape.value(reads.get(last), t), lane, y);
        }
        tape.kernels().tanh(y, y, tape.lanes() * n);
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {}
}
