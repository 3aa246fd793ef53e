package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;
import java.util.List;

/**
 * Layers on top of each other: layer l reads layer l-1 at the same step. With residual adds, y = x + cell(x) wherever the
 * widths agree. A dilation d takes every past of its layer from t-d instead of t-1 (Chang and others 2017).
 */
public record Stacked(List<Cell> layers, boolean residual, List<Integer> dilations) implements Cell {
    /** Plain layers. */
    public Stacked(List<Cell> layers) {
        this(layers, false, List.of(1));
    }

    @Override
    public Slot wire(Graph g, Slot x) {
        Slot top = x;
        for (int l = 0; l < layers.size(); l++) {
            Slot below = top;
            Cell layer = layers.get(l);
            int dilation = dilations.get(Math.min(l, dilations.size() - 1));
            top = g.in(String.valueOf(l), () -> g.paced(dilation, () -> layer.wire(g, below)));
            top = residual && top.size() == below.size() ? g.add(below, top) : top;
        }
        return top;
    }
}
