package dev.tidecast.kernel;

/**
 * The sizes of a product {@code y += W x}: how many inputs and outputs it has, and how many sequences lie side by side.
 * Lane {@code l} of a vector of size n is {@code [l × n, l × n + n)} of its array.
 */
public record Shape(int inputs, int outputs, int lanes) {
    /** The product with the transposed rows: from outputs back to inputs. */
    public Shape transposed() {
        return new Shape(outputs, inputs, lanes);
    }

    /** The same product for another number of lanes. */
    public Shape withLanes(int count) {
        return new Shape(inputs, outputs, count);
    }
}
