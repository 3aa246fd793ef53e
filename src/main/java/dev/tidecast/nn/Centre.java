package dev.tidecast.nn;

import java.util.List;

/** Groups of levels, each group moved as a whole by a number of its own: y(group, level) = x(group, level) + c(group). */
record Centre(int levels, Slot in, Slot centre, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(in, centre);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        float[] x = tape.value(in, t);
        float[] c = tape.value(centre, t);
        float[] y = tape.value(out, t);
        for (int at = 0, group = 0; at < n; at += levels, group++) {
            float move = c[group];
            for (int i = at; i < at + levels; i++) {
                y[i] = x[i] + move;
            }
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        float[] dy = tape.slope(out, t);
        float[] dx = tape.slope(in, t);
        float[] dc = tape.slope(centre, t);
        for (int at = 0, group = 0; at < n; at += levels, group++) {
            float sum = 0;
            for (int i = at; i < at + levels; i++) {
                dx[i] += dy[i];
                sum += dy[i];
            }
            dc[group] += sum;
        }
    }
}
