package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * The network whose own output feeds back (Jordan 1986); not the forecast head that may follow it.
 *
 * <pre>
 * s = f(U x + W o' + b)
 * o = V s + c
 * </pre>
 */
public record Jordan(int units, int outputs, Activation f) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot o = g.vector(outputs);
        Slot s = g.activate(f, g.affine("s", units, x, o.previous()));
        g.let(o, g.affine("o", outputs, s));
        return o;
    }
}
