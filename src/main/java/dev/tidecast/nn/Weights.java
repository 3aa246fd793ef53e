package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;

/**
 * One version of the weights made ready to run: one {@code float[]} per input of a matrix, as the kernels like it, and for
 * learning the transposed rows too. The flat array stays the form in which weights are kept, learnt and exchanged.
 *
 * <p>Once packed it may be read by any number of threads; {@link #pack} is for whoever owns it.
 */
public final class Weights {
    private final Network network;
    private final Param[] params;
    private final float[][][] rows; // per matrix: rows × columns
    private final float[][][] columns; // per matrix: columns × rows; empty when only serving

    Weights(Network network, boolean learning) {
        this.network = network;
        params = network.params().toArray(Param[]::new);
        int count = params.length;
        rows = new float[count][][];
        columns = new float[count][][];
        for (Param param : params) {
            rows[param.index()] = room(param.rows(), param.columns());
            boolean back = learning && network.passesBack(param);
            columns[param.index()] = back ? room(param.columns(), param.rows()) : new float[0][];
        }
    }

    /** Takes over the numbers of a flat array. */
    public Weights pack(float[] flat) {
        if (flat.length != network.weights()) {
            throw new IllegalArgumentException(
                    "found " + flat.length + " weights where the network has " + network.weights());
        }
        for (Param param : params) {
            float[][] own = rows[param.index()];
            network.kernels().pack(flat, param.offset(), own, param.columns());
            if (columns[param.index()].length > 0) {
                network.kernels().transpose(own, columns[param.index()], param.columns());
            }
        }
        return this;
    }

    static float[][] room(int rows, int columns) {
        float[][] matrix = new float[rows][];
        Arrays.setAll(matrix, j -> Kernels.floats(columns));
        return matrix;
    }

    float[][] rows(Param param) {
        return rows[param.index()];
    }

    float[][] columns(Param param) {
        return columns[param.index()];
    }
}
