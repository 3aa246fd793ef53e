package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;

/**
 * One version of the weights made ready to run: one {@code float[]} per input of a matrix, as the kernels like it, matrices
 * that share their inputs side by side, and for learning the transposed rows too. The flat array stays the form in which
 * weights are kept, learnt and exchanged.
 *
 * <p>Once packed it may be read by any number of threads; {@link #pack} is for whoever owns it.
 */
public final class Weights {
    private final Network network;
    private final Panel[] panels;
    private final float[][][] rows; // by panel: rows × columns
    private final float[][] strips; // by panel: the rows again, for one lane; empty when learning
    private final float[][][] columns; // by panel: columns × rows; empty when only serving

    Weights(Network network, boolean learning) {
        this.network = network;
        panels = network.panels();
        rows = matrices(panels);
        strips = new float[rows.length][0];
        columns = new float[rows.length][0][];
        for (Panel panel : panels) {
            if (!learning) {
                strips[panel.index()] = new float[network.kernels().strips(panel.rows(), panel.columns())];
            }
            if (learning && network.passesBack(panel)) {
                columns[panel.index()] = room(panel.columns(), panel.rows());
            }
        }
    }

    /** Takes over the numbers of a flat array. */
    public Weights pack(float[] flat) {
        if (flat.length != network.weights()) {
            throw new IllegalArgumentException(
                    "found " + flat.length + " weights where the network has " + network.weights());
        }
        for (Panel panel : panels) {
            float[][] own = rows[panel.index()];
            copy(panel, own, flat, true);
            if (strips[panel.index()].length > 0) {
                network.kernels().cut(own, strips[panel.index()], panel.columns());
            }
            if (columns[panel.index()].length > 0) {
                network.kernels().transpose(own, columns[panel.index()], columns[panel.index()].length);
            }
        }
        return this;
    }

    /** The numbers as a flat array again. */
    public float[] flat() {
        float[] flat = new float[network.weights()];
        for (Panel panel : panels) {
            copy(panel, rows[panel.index()], flat, false);
        }
        return flat;
    }

    float[][] rows(Panel panel) {
        return rows[panel.index()];
    }

    float[] strips(Panel panel) {
        return strips[panel.index()];
    }

    float[][] columns(Panel panel) {
        return columns[panel.index()];
    }

    /** Room for every panel, by index. */
    static float[][][] matrices(Panel[] panels) {
        int count = Arrays.stream(panels).mapToInt(Panel::index).max().orElse(-1) + 1;
        float[][][] matrices = new float[count][0][];
        for (Panel panel : panels) {
            matrices[panel.index()] = room(panel.rows(), panel.columns());
        }
        return matrices;
    }

    /** Rows whose length is a whole number of vectors need no room past their end, and lie closer without. */
    private static float[][] room(int rows, int columns) {
        float[][] matrix = new float[rows][];
        Arrays.setAll(matrix, j -> columns % Kernels.ROOM == 0 ? new float[columns] : Kernels.floats(columns));
        return matrix;
    }

    /** Between the rows of a panel and the flat array. */
    static void copy(Panel panel, float[][] rows, float[] flat, boolean in) {
        int at = 0;
        for (int p = 0; p < panel.params().size(); p++) {
            Param param = panel.params().get(p);
            int n = param.columns();
            for (int j = 0; j < rows.length; j++) {
                if (in) {
                    System.arraycopy(flat, param.offset() + j * n, rows[j], at, n);
                } else {
                    System.arraycopy(rows[j], at, flat, param.offset() + j * n, n);
                }
            }
            at += n;
        }
    }
}
