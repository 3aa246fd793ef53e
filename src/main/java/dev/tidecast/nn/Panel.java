package dev.tidecast.nn;

import java.util.List;

/** Matrices with the same inputs, side by side, so that one product makes the outputs of all: a row is one row of each. */
record Panel(int index, List<Param> params) {
    int rows() {
        return params.get(0).rows();
    }

    int columns() {
        return params.stream().mapToInt(Param::columns).sum();
    }
}
