package dev.tidecast.nn;

import java.util.List;

/** y = gate ⊙ a + (1 - gate) ⊙ b. */
record Blend(Slot gate, Slot a, Slot b, Slot out) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(gate, a, b);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        tape.kernels().blend(tape.value(gate, t), tape.value(a, t), tape.value(b, t), tape.value(out, t), n);
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        int n = tape.lanes() * out.size();
        float[] dy = tape.slope(out, t);
        gateSlope(tape.value(a, t), tape.value(b, t), dy, tape.slope(gate, t), n);
        float[] z = tape.value(gate, t);
        tape.kernels().multiplyAdd(dy, z, tape.slope(a, t), n);
        restSlope(z, dy, tape.slope(b, t), n);
    }

    private static void gateSlope(float[] a, float[] b, float[] dy, float[] dz, int n) {
        for (int i = 0; i < n; i++) {
            dz[i] = Math.fma(dy[i], a[i] - b[i], dz[i]);
        }
    }

    private static void restSlope(float[] z, float[] dy, float[] db, int n) {
        for (int i = 0; i < n; i++) {
            db[i] = Math.fma(dy[i], 1f - z[i], db[i]);
        }
    }
}
