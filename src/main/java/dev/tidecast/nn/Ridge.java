package dev.tidecast.nn;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge regression in doubles: the readout of an echo state network in one solution instead of many steps. Rows are added one
 * by one; {@link #solve} minimises Σ |x W + b - y|² + penalty |W|², the bias unpenalised.
 */
public final class Ridge {
    private final int inputs;
    private final int outputs;
    private final DMatrixRMaj moments; // (inputs + 1) × (inputs + 1), the last row is the bias
    private final DMatrixRMaj sums; // (inputs + 1) × outputs

    public Ridge(int inputs, int outputs) {
        this.inputs = inputs;
        this.outputs = outputs;
        moments = new DMatrixRMaj(inputs + 1, inputs + 1);
        sums = new DMatrixRMaj(inputs + 1, outputs);
    }

    /** One observation: inputs x and what the outputs should be. */
    public void add(float[] x, float[] y) {
        for (int i = 0; i <= inputs; i++) {
            double xi = i < inputs ? x[i] : 1;
            for (int j = 0; j <= inputs; j++) {
                moments.add(i, j, xi * (j < inputs ? x[j] : 1));
            }
            for (int j = 0; j < outputs; j++) {
                sums.add(i, j, xi * y[j]);
            }
        }
    }

    /**
     * Many observations, summed elsewhere: row i holds, for input i (the last one is the constant 1), Σ xᵢ xⱼ over the inputs
     * and the constant, then Σ xᵢ yₖ over the outputs.
     */
    public void add(double[][] products) {
        for (int i = 0; i <= inputs; i++) {
            for (int j = 0; j <= inputs; j++) {
                moments.add(i, j, products[i][j]);
            }
            for (int k = 0; k < outputs; k++) {
                sums.add(i, k, products[i][inputs + 1 + k]);
            }
        }
    }

    /** The weights, input-major, inputs × outputs, then the bias. */
    public float[] solve(double penalty) {
        DMatrixRMaj a = moments.copy();
        for (int i = 0; i < inputs; i++) {
            a.add(i, i, penalty);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(inputs + 1);
        DMatrixRMaj solution = new DMatrixRMaj(inputs + 1, outputs);
        if (!solver.setA(a)) {
            throw new IllegalStateException("no unique solution: add observations or raise the penalty");
        }
        solver.solve(sums.copy(), solution);
        float[] w = new float[(inputs + 1) * outputs];
        for (int i = 0; i < w.length; i++) {
            w[i] = (float) solution.data[i];
        }
        return w;
    }
}
