package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Reservoir;
import dev.tidecast.nn.Slot;

/**
 * A fixed random reservoir and a learned readout (Jaeger 2001).
 *
 * <pre>
 * s = tanh(W_in x + W_back o' + W s')
 * o = W_out [s; x; o'] + b
 * </pre>
 *
 * Only W_out and b are weights. No gradient enters the reservoir, so with feedback (off by default) that of W_out leaves out
 * the detour through W_back.
 */
public record EchoState(int units, int outputs, Echoes echoes) implements Cell {
    /**
     * The reservoir.
     *
     * @param density the share of units that each unit hears
     * @param radius the largest absolute eigenvalue of W
     * @param inputScale the bound of W_in
     * @param feedback the bound of W_back; 0 for none
     */
    public record Echoes(double density, double radius, double inputScale, double feedback, long seed) {}

    @Override
    public Slot wire(Graph g, Slot x) {
        Reservoir reservoir = new Reservoir(units, echoes.density, echoes.radius, echoes.seed)
                .hearing(x.size(), echoes.inputScale, echoes.seed);
        Slot s = g.vector(units);
        Slot o = g.vector(outputs);
        if (echoes.feedback > 0) {
            reservoir.hearing(outputs, echoes.feedback, echoes.seed);
            g.let(s, g.reservoir(reservoir, s.previous(), x, o.previous()));
        } else {
            g.let(s, g.reservoir(reservoir, s.previous(), x));
        }
        g.let(o, g.affine("out", outputs, s, x, o.previous()));
        return o;
    }
}
