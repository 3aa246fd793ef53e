package dev.tidecast.nn;

import java.util.List;

/**
 * The mean of the equal parts that x is made of, y(i) = (x(i) + x(n + i) + x(2n + i) + ...) / parts, summed as doubles in that
 * order: equal parts have themselves as mean, to the bit, and where all parts ascend their mean does.
 */
record Mean(int parts, Slot in, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        int n = out.size();
        float[] x = tape.value(in, t);
        float[] y = tape.value(out, t);
        for (int lane = 0; lane < tape.lanes(); lane++) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = 0; k < parts; k++) {
                    sum += x[(lane * parts + k) * n + i];
                }
                y[lane * n + i] = (float) (sum / parts);
            }
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = out.size();
        float[] dy = tape.slope(out, t);
        float[] dx = tape.slope(in, t);
        for (int lane = 0; lane < tape.lanes(); lane++) {
            for (int k = 0; k < parts; k++) {
                tape.kernels().axpy(1f / parts, dy, lane * n, dx, (lane * parts + k) * n, n);
            }
        }
    }
}
