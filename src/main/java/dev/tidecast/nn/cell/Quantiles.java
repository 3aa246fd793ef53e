package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * The head of quantile forecasts: for each of some groups (steps ahead) a middle quantile and cumulated softplus steps away
 * from it, so that quantiles never cross, by construction.
 *
 * <pre>
 * a = W x + b    q(middle) = a(middle)    q(k) = q(k-1) + softplus(a(k)) above    q(k) = q(k+1) - softplus(a(k)) below
 * </pre>
 */
public record Quantiles(int groups, int levels) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        return g.spread(levels, g.affine("q", Math.multiplyExact(groups, levels), x));
    }
}
