package dev.tidecast.nn;

import java.util.List;

/** y = fresh where the step's index is a multiple of the period, held elsewhere. The index comes from outside (Tape.begin). */
record Clocked(int period, Slot fresh, Slot held, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(fresh, held);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        int n = out.size();
        for (int lane = 0; lane < tape.lanes(); lane++) {
            System.arraycopy(tape.value(chosen(tape, lane, t), t), lane * n, tape.value(out, t), lane * n, n);
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = out.size();
        for (int lane = 0; lane < tape.lanes(); lane++) {
            float[] dx = tape.slope(chosen(tape, lane, t), t);
            tape.kernels().axpy(1f, tape.slope(out, t), lane * n, dx, lane * n, n);
        }
    }

    private Slot chosen(Tape tape, int lane, int t) {
        return Math.floorMod(tape.clock(lane, t), (long) period) == 0 ? fresh : held;
    }
}
