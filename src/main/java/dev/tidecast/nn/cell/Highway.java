package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Initialiser;
import dev.tidecast.nn.Slot;

/**
 * A straight linear road beside a cell, whose own part starts at zero: at first the whole is a linear map of its input, then
 * the cell learns what that misses.
 *
 * <pre>y = A x + V cell(x) + b,  V = 0 at the start</pre>
 */
public record Highway(Cell cell, int outputs) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot beside = g.in("beside", () -> cell.wire(g, x));
        Slot y = g.affine("y", outputs, x, beside);
        g.start("y.w1", Initialiser.constant(0f));
        return y;
    }
}
