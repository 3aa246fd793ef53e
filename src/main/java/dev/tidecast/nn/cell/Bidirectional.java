package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Direction;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * One cell reads the window from its beginning, another of the same kind from its end; they share no weights (Schuster and
 * Paliwal 1997). Windowed.
 *
 * <pre>
 * s = cell(x, s(t-1))    r = cell(x, r(t+1))
 * o = V s + V' r + c
 * </pre>
 */
public record Bidirectional(Cell cell, int units) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        Slot s = g.in("there", () -> cell.wire(g, x));
        g.turn(Direction.REVERSE);
        Slot r = g.in("back", () -> cell.wire(g, x));
        g.turn(Direction.FORWARD);
        return g.affine("o", units, s, r);
    }
}
