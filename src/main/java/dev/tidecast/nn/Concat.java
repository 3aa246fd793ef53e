package dev.tidecast.nn;

import java.util.List;

/** y = [x₁; x₂; ...]. */
record Concat(List<Slot> reads, Slot out) implements Op {
    @Override
    public void forward(Weights w, Tape tape, int t) {
        float[] y = tape.value(out, t);
        int at = 0;
        for (int k = 0; k < reads.size(); k++) {
            int n = reads.get(k).size();
            float[] x = tape.value(reads.get(k), t);
            for (int lane = 0; lane < tape.lanes(); lane++) {
                System.arraycopy(x, lane * n, y, lane * out.size() + at, n);
            }
            at += n;
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        float[] dy = tape.slope(out, t);
        int at = 0;
        for (int k = 0; k < reads.size(); k++) {
            int n = reads.get(k).size();
            float[] dx = tape.slope(reads.get(k), t);
            for (int lane = 0; lane < tape.lanes(); lane++) {
                tape.kernels().axpy(1f, dy, lane * out.size() + at, dx, lane * n, n);
            }
            at += n;
        }
    }
}
