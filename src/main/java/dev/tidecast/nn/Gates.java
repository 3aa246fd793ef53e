package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/**
 * Several affine maps of the same inputs, as the gates of a cell are, in one product: long rows keep plain loops and caches
 * busy. {@code wide} holds what they make side by side; from there it is dealt out to the gates. Same bits as one by one.
 */
final class Gates implements Op {
    private final Slot[] reads;
    private final Panel[] matrices;
    private final Panel bias;
    private final Slot[] outs;
    private final Slot wide;

    Gates(List<Slot> reads, List<Panel> matrices, Panel bias, List<Slot> outs, Slot wide) {
        this.reads = reads.toArray(Slot[]::new);
        this.matrices = matrices.toArray(Panel[]::new);
        this.bias = bias;
        this.outs = outs.toArray(Slot[]::new);
        this.wide = wide;
    }

    @Override
    public Slot out() {
        return outs[0];
    }

    @Override
    public List<Slot> outs() {
        return List.of(outs);
    }

    @Override
    public List<Slot> reads() {
        return List.of(reads);
    }

    @Override
    public List<Panel> matrices() {
        return List.of(matrices);
    }

    @Override
    public List<Panel> vectors() {
        return List.of(bias);
    }

    Slot wide() {
        return wide;
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        Kernels kernels = tape.kernels();
        float[] z = tape.value(wide, t);
        kernels.bias(w.rows(bias)[0], z, wide.size(), tape.lanes());
        for (int k = 0; k < matrices.length; k++) {
            Panel matrix = matrices[k];
            kernels.gemm(tape.shape(matrix), w.rows(matrix), w.strips(matrix), tape.value(reads[k], t), z);
        }
        int at = 0;
        for (Slot gate : outs) {
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
        for (Slot gate : outs) {
            collect(tape.slope(gate, t), gate.size(), dz, at, tape.lanes());
            at += gate.size();
        }
        for (int k = 0; k < matrices.length; k++) {
            if (tape.learns(reads[k])) {
                Panel matrix = matrices[k];
                tape.kernels().gemm(tape.shapeBack(matrix), w.columns(matrix), dz, tape.slope(reads[k], t));
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
        for (int k = 0; k < matrices.length; k++) {
            float[][] xs = tape.values(reads[k], first, last);
            tape.kernels().outer(tape.shape(matrices[k]), tape.gradient(matrices[k]), xs, dzs, 0, count);
        }
    }
}
