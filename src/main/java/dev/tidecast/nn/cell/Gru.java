package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * The gated recurrent unit (Cho and others 2014).
 *
 * <pre>
 * z = σ(W [x; h'] + b)    r = σ(W [x; h'] + b)    k = tanh(W [x; r ⊙ h'] + b)
 * h = z ⊙ h' + (1 - z) ⊙ k
 * </pre>
 */
public record Gru(int units) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot h = g.vector(units);
        Slot z = g.sigmoid(g.affine("z", units, x, h.previous()));
        Slot r = g.sigmoid(g.affine("r", units, x, h.previous()));
        Slot k = g.tanh(g.affine("k", units, x, g.multiply(r, h.previous())));
        g.let(h, g.blend(z, h.previous(), k));
        return h;
    }
}
