package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;

/**
 * Brings every vector to mean 0 and variance 1 over its own elements, then to a learned gain and bias (Ba, Kiros and Hinton
 * 2016).
 *
 * <pre>y = gain ⊙ (x - mean x) / √(var x + ε) + bias</pre>
 */
public record LayerNormalisation() implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        return g.shift("bias", g.scale("gain", g.standardise(x), 1f));
    }
}
