package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/** y = (x - mean x) / √(var x + ε), over the elements of one lane; {@code inverse} keeps 1 / √(var x + ε). */
record Standardise(Slot in, Slot inverse, Slot out) implements Op {
    private static final float EPSILON = 1e-5f;

    @Override
    public List<Slot> reads() {
        return List.of(in, inverse);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = out.size();
        float[] x = tape.value(in, t);
        float[] y = tape.value(out, t);
        for (int at = 0; at < tape.lanes() * n; at += n) {
            float mean = k.sum(x, at, n) / n;
            for (int i = at; i < at + n; i++) {
                y[i] = x[i] - mean;
            }
            float r = (float) (1 / Math.sqrt(k.sumOfSquares(y, at, n) / n + EPSILON));
            for (int i = at; i < at + n; i++) {
                y[i] *= r;
            }
            tape.value(inverse, t)[at / n] = r;
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        Kernels k = tape.kernels();
        int n = out.size();
        float[] y = tape.value(out, t);
        float[] dy = tape.slope(out, t);
        float[] dx = tape.slope(in, t);
        for (int at = 0; at < tape.lanes() * n; at += n) {
            float mean = k.sum(dy, at, n) / n;
            float along = k.dot(dy, at, y, at, n) / n;
            float r = tape.value(inverse, t)[at / n];
            for (int i = at; i < at + n; i++) {
                dx[i] = Math.fma(r, dy[i] - mean - y[i] * along, dx[i]);
            }
        }
    }
}
