package dev.tidecast.nn;

/**
 * A layer, as the equations that make it. It owns no numbers and writes no backward pass: {@link #wire} is called once,
 * when a network is built, and declares slots, weights and operations on the graph.
 */
@FunctionalInterface
public interface Cell {
    /** Declares this layer over the input x and answers its output. */
    Slot wire(Graph g, Slot x);
}
