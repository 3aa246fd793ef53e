package dev.tidecast.nn;

import java.util.List;

/**
 * Several affine maps of the same inputs, as the gates of a cell are, in one product: long rows keep plain loops and caches
 * busy. {@code wide} holds what they make side by side; from there it is dealt out to the gates. Same bits as one by one.
 */
record Gates(List<Slot> reads, List<Panel> matrices, Panel bias, List<Slot> outs, Slot wide) implements Op {
    @Override
    public Slot out() {
        return outs.get(0);
    }

    @Override
    public List<Panel> vectors() {
        return List.of(bias);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] z = tape.value(wide, t);
        tape.kernels().bias(w.rows(bias)[0], z, wide.size(), tape.lanes());
        for (int k = 0; k < matrices.size(); k++) {
            Panel matrix = matrices.get(k);
            tape.kernels().gemm(tape.shape(matrix), w.rows(matrix), tape.value(reads.get(k), t), z);
        }
        int at = 0;
        for (int g = 0; g < outs.size(); g++) {
            Slot gate = outs.get(g);
            deal(z, at, tape.value(gate, t), gate.size(), tape.lanes());
            at += gate.size();
        }
    }

    private void deal(float[] z, int at, float[] y, int n, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            System.arraycopy(z, lane * wide.size() + at, y, lane * n, n);
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dz = tape.slope(wide, t);
        int at = 0;
        for (int g = 0; g < outs.size(); g++) {
            Slot gate = outs.get(g);
            collect(tape.slope(gate, t), gate.size(), dz, at, tape.lanes());
            at += gate.size();
        }
        for (int k = 0; k < matrices.size(); k++) {
            Slot x = reads.get(k);
            if (tape.learns(x)) {
                Panel matrix = matrices.get(k);
                tape.kernels().gemm(tape.shapeBack(matrix), w.columns(matrix), dz, tape.slope(x, t));
            }
        }
    }

    private void collect(float[] dy, int n, float[] dz, int at, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            System.arraycopy(dy, lane * n, dz, lane * wide.size() + at, n);
        }
    }

    @Override
    public void gradient(Tape tape, int first, int last) {
        int count = last - first + 1;
        float[][] dzs = tape.slopes(wide, first, last);
        tape.kernels().biasSlope(dzs, 0, count, tape.gradient(bias)[0], wide.size(), tape.lanes());
        for (int k = 0; k < matrices.size(); k++) {
            Panel matrix = matrices.get(k);
            float[][] xs = tape.values(reads.get(k), first, last);
            tape.kernels().outer(tape.shape(matrix), tape.gradient(matrix), xs, dzs, 0, count);
        }
    }
}
