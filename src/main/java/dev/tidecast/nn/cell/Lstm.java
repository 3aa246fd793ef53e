package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Initialiser;
import dev.tidecast.nn.Slot;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, forget gate Gers 1999).
 *
 * <pre>
 * i = σ(W [x; h'] + b)    f = σ(W [x; h'] + b)    o = σ(W [x; h'] + b)    g = tanh(W [x; h'] + b)
 * c = f ⊙ c' + i ⊙ g      h = o ⊙ tanh(c)
 * </pre>
 *
 * tanh, twice, may be another function. With peepholes (Gers and Schmidhuber 2000) i and f also see c', o sees c, through a weight per unit.
 */
public record Lstm(int units, boolean peepholes, Activation squash) implements Cell {
    /** The usual one. */
    public Lstm(int units) {
        this(units, false, Activation.TANH);
    }

    @Override
    public Slot wire(Graph g, Slot x) {
        Slot h = g.vector(units);
        Slot c = g.vector(units);
        Slot i = g.sigmoid(peep(g, "i", g.affine("i", units, x, h.previous()), c.previous()));
        Slot f = g.sigmoid(peep(g, "f", g.affine("f", units, x, h.previous()), c.previous()));
        Slot k = g.activate(squash, g.affine("g", units, x, h.previous()));
        g.let(c, g.products(f, c.previous(), i, k));
        Slot o = g.sigmoid(peep(g, "o", g.affine("o", units, x, h.previous()), c));
        g.let(h, g.multiply(o, g.activate(squash, c)));
        g.start("f.bias", Initialiser.constant(1f)); // Jozefowicz 2015: remember before having learnt to forget
        return h;
    }

    private Slot peep(Graph g, String gate, Slot sum, Slot seen) {
        return peepholes ? g.add(sum, g.scale(gate + ".peephole", seen, 0f)) : sum;
    }
}
