package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * A causal convolution over the last inputs: an affine map of lagged inputs, which are its state.
 *
 * <pre>y = f(W₀ x(t) + W₁ x(t-1) + ... + b)</pre>
 */
public record Convolution(int units, int width, Activation f) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot[] taps = new Slot[width];
        for (int k = 0; k < width; k++) {
            taps[k] = x.back(k);
        }
        return g.activate(f, g.affine("y", units, taps));
    }
}
