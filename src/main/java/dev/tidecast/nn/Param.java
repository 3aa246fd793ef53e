package dev.tidecast.nn;

/** A named matrix inside the flat weights, input-major: the {@code columns} weights that one input sends out are contiguous. */
public record Param(String name, int index, int offset, int rows, int columns) {
    /** How many weights. */
    public int size() {
        return rows * columns;
    }
}
