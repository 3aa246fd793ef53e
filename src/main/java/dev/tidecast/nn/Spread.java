package dev.tidecast.nn;

import java.util.List;

/**
 * Groups of levels that never cross: the middle level of a group is x itself, each level above adds softplus(x) to the one
 * below it, each level below takes softplus(x) from the one above it. {@code step} keeps softplus(x).
 */
record Spread(int levels, Slot in, Slot step, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in, step);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        float[] x = tape.value(in, t);
        float[] s = tape.value(step, t);
        float[] y = tape.value(out, t);
        tape.kernels().softplus(x, s, n);
        for (int at = 0; at < n; at += levels) {
            int middle = at + levels / 2;
            y[middle] = x[middle];
            for (int i = middle + 1; i < at + levels; i++) {
                y[i] = y[i - 1] + s[i];
            }
            for (int i = middle - 1; i >= at; i--) {
                y[i] = y[i + 1] - s[i];
            }
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        float[] x = tape.value(in, t);
        float[] ds = tape.slope(step, t);
        float[] dy = tape.slope(out, t);
        float[] dx = tape.slope(in, t);
        for (int at = 0; at < n; at += levels) {
            int middle = at + levels / 2;
            float above = 0;
            for (int i = at + levels - 1; i > middle; i--) {
                above += dy[i];
                ds[i] += above;
            }
            float below = 0;
            for (int i = at; i < middle; i++) {
                below += dy[i];
                ds[i] -= below;
            }
            dx[middle] += above + dy[middle] + below;
        }
        tape.kernels().softplusSlope(x, ds, dx, n);
    }
}
