package dev.tidecast.nn;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** One step of an LSTM as one writes it with EJML: z = W [x; h] + b into a matrix made once, then the gates. */
final class EjmlLstm {
    private final int units;
    private final DMatrixRMaj w;
    private final DMatrixRMaj b;
    private final DMatrixRMaj xh;
    private final DMatrixRMaj z;
    private final double[] c;

    EjmlLstm(int inputs, int units, long seed) {
        this.units = units;
        w = new DMatrixRMaj(4 * units, inputs + units);
        b = new DMatrixRMaj(4 * units, 1);
        xh = new DMatrixRMaj(inputs + units, 1);
        z = new DMatrixRMaj(4 * units, 1);
        c = new double[units];
        Draws draws = new Draws(seed);
        for (int i = 0; i < w.data.length; i++) {
            w.data[i] = 0.1 * draws.normal();
        }
    }

    double[] step(float[] x) {
        for (int i = 0; i < x.length; i++) {
            xh.data[i] = x[i];
        }
        CommonOps_DDRM.mult(w, xh, z);
        CommonOps_DDRM.addEquals(z, b);
        double[] gates = z.data;
        int at = x.length;
        for (int k = 0; k < units; k++) {
            double i = sigmoid(gates[k]);
            double f = sigmoid(gates[units + k]);
            double g = Math.tanh(gates[2 * units + k]);
            double o = sigmoid(gates[3 * units + k]);
            c[k] = f * c[k] + i * g;
            xh.data[at + k] = o * Math.tanh(c[k]);
        }
        return xh.data;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
