package dev.tidecast.pipeline;

import java.util.List;
import java.util.Map;

/**
 * The network a pipeline asks for: a cell of the catalogue, its widths layer by layer, the lags it reads as inputs, and
 * the cell's own options by name.
 */
public record ModelSpec(String cell, List<Integer> units, List<Integer> lags, Map<String, Object> options) {
    public ModelSpec {
        units = List.copyOf(units);
        lags = List.copyOf(lags);
        options = Map.copyOf(options);
    }
}
