package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Initialiser;
import dev.tidecast.nn.Slot;

/**
 * The simple recurrent network (Elman 1990); its output layer is whatever reads s.
 *
 * <pre>s = f(U x + W s' + b)</pre>
 *
 * W starts orthogonal, or as the identity (Le, Jaitly and Hinton 2015).
 */
public record Elman(int units, Activation f, boolean identity) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot s = g.vector(units);
        g.let(s, g.activate(f, g.affine("s", units, x, s.previous())));
        if (identity) {
            g.start("s.w1", Initialiser.identity());
        }
        return s;
    }
}
