package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * The simple recurrent network (Elman 1990); its output layer is whatever reads s.
 *
 * <pre>s = f(U x + W s' + b)</pre>
 */
public record Elman(int units, Activation f) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot s = g.vector(units);
        g.let(s, g.activate(f, g.affine("s", units, x, s.previous())));
        return s;
    }
}
