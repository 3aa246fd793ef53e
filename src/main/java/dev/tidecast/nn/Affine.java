package dev.tidecast.nn;

import java.util.List;

/** y = Σ xₖ Wₖ + b, the inputs in the order declared, the bias first. */
record Affine(List<Slot> reads, List<Panel> matrices, Panel bias, Slot out) implements Op {
    @Override
    public List<Panel> vectors() {
        return List.of(bias);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] y = tape.value(out, t);
        tape.kernels().bias(w.rows(bias)[0], y, out.size(), tape.lanes());
        for (int k = 0; k < matrices.size(); k++) {
            Panel matrix = matrices.get(k);
            float[] x = tape.value(reads.get(k), t);
            tape.kernels().gemm(tape.shape(matrix), w.rows(matrix), w.strips(matrix), x, y);
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dy = tape.slope(out, t);
        for (int k = 0; k < matrices.size(); k++) {
            Slot x = reads.get(k);
            if (tape.learns(x)) {
                Panel matrix = matrices.get(k);
                tape.kernels().gemm(tape.shapeBack(matrix), w.columns(matrix), dy, tape.slope(x, t));
            }
        }
    }

    @Override
    public void gradient(Tape tape, int first, int last) {
        int count = last - first + 1;
        float[][] dys = tape.slopes(out, first, last);
        tape.kernels().biasSlope(dys, 0, count, tape.gradient(bias)[0], out.size(), tape.lanes());
        for (int k = 0; k < matrices.size(); k++) {
            Panel matrix = matrices.get(k);
            float[][] xs = tape.values(reads.get(k), first, last);
            tape.kernels().outer(tape.shape(matrix), tape.gradient(matrix), xs, dys, 0, count);
        }
    }
}
