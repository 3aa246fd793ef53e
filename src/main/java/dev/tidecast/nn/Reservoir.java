package dev.tidecast.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The fixed random weights of an echo state network (Jaeger 2001): every unit hears the same number of other units, chosen by
 * the seed; the recurrent matrix is scaled to the wanted spectral radius, which is measured. Made once per network, shared.
 */
public final class Reservoir {
    private final int units;
    private final int[][] targets; // of each unit, ascending
    private final float[][] strengths;
    private final List<float[][]> heard = new ArrayList<>(); // per vector heard: inputs × units

    /**
     * @param density the share of units that each unit hears
     * @param radius the largest absolute eigenvalue of the recurrent matrix
     */
    public Reservoir(int units, double density, double radius, long seed) {
        this.units = units;
        Draws draws = new Draws(seed).named("reservoir");
        DMatrixRMaj w = sparse(units, Math.max(1, (int) Math.rint(density * units)), draws);
        double measured = radius(w);
        targets = new int[units][];
        strengths = new float[units][];
        for (int j = 0; j < units; j++) {
            keepRow(w, j, radius / measured);
        }
    }

    /** Lets the units hear one more vector through fixed weights within ± scale. */
    public Reservoir hearing(int inputs, double scale, long seed) {
        Draws draws = new Draws(seed).named("heard" + heard.size());
        float[][] w = new float[inputs][units];
        for (float[] row : w) {
            for (int i = 0; i < units; i++) {
                row[i] = (float) (scale * (2 * draws.uniform() - 1));
            }
        }
        heard.add(w);
        return this;
    }

    public int units() {
        return units;
    }

    /** The largest absolute eigenvalue of the recurrent matrix as it is kept. */
    public double radius() {
        DMatrixRMaj w = new DMatrixRMaj(units, units);
        for (int j = 0; j < units; j++) {
            for (int k = 0; k < targets[j].length; k++) {
                w.set(j, targets[j][k], strengths[j][k]);
            }
        }
        return radius(w);
    }

    void hear(int k, float[] x, int lane, float[] y) {
        float[][] w = heard.get(k);
        for (int j = 0; j < w.length; j++) {
            float[] row = w[j];
            float value = x[lane * w.length + j];
            for (int i = 0; i < units; i++) {
                y[lane * units + i] = Math.fma(row[i], value, y[lane * units + i]);
            }
        }
    }

    void recur(float[] s, int lane, float[] y) {
        for (int j = 0; j < units; j++) {
            float value = s[lane * units + j];
            for (int k = 0; k < targets[j].length; k++) {
                int i = lane * units + targets[j][k];
                y[i] = Math.fma(strengths[j][k], value, y[i]);
            }
        }
    }

    private void keepRow(DMatrixRMaj w, int j, double scale) {
        int[] row = new int[units];
        float[] strength = new float[units];
        int count = 0;
        for (int i = 0; i < units; i++) {
            if (w.get(j, i) != 0) {
                row[count] = i;
                strength[count++] = (float) (w.get(j, i) * scale);
            }
        }
        targets[j] = Arrays.copyOf(row, count);
        strengths[j] = Arrays.copyOf(strength, count);
    }

    private static DMatrixRMaj sparse(int units, int each, Draws draws) {
        DMatrixRMaj w = new DMatrixRMaj(units, units);
        for (int i = 0; i < units; i++) {
            for (int left = each; left > 0; ) {
                int j = draws.below(units);
                if (w.get(j, i) == 0) {
                    double strength = 2 * draws.uniform() - 1;
                    w.set(j, i, strength == 0 ? 1 : strength);
                    left--;
                }
            }
        }
        return w;
    }

    private static double radius(DMatrixRMaj w) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(w.getNumRows(), false);
        if (!eigen.decompose(w.copy())) {
            throw new IllegalStateException("the reservoir's eigenvalues were not found; choose another seed");
        }
        double largest = 0;
        for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
            Complex_F64 value = eigen.getEigenvalue(k);
            largest = Math.max(largest, Math.sqrt(value.real * value.real + value.imaginary * value.imaginary));
        }
        return largest;
    }
}
