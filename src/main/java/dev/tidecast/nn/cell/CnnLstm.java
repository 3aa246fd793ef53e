package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;
import java.util.ArrayList;
import java.util.List;

/** Convolutions extract features of the last inputs, an LSTM reads them. */
public record CnnLstm(List<Convolution> convolutions, Lstm lstm) implements Cell {
    @Override
    public Slot wire(Graph g, Slot x) {
        List<Cell> layers = new ArrayList<>(convolutions);
        layers.add(lstm);
        return new Stacked(layers).wire(g, x);
    }
}
