package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * A layer without memory.
 *
 * <pre>y = f(W x + b)</pre>
 */
public record Dense(int units, Activation f) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        return g.activate(f, g.affine("y", units, x));
    }
}
