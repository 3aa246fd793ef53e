package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Direction;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sequence to sequence (Sutskever and others 2014): an encoder reads the window but its last {@code steps} frames, hands its
 * state over, and a decoder unrolls those. The decoder reads its own last output, the input of its own frame (what is known
 * ahead, or under teacher forcing the true value before), or both. With attention (Bahdanau and others 2015) it also reads
 *
 * <pre>Cᵢ = Σⱼ wᵢⱼ hⱼ    wᵢⱼ = softmaxⱼ(qᵢ · hⱼ / √n)    q = W y' + b</pre>
 *
 * over the encoder's outputs h. Windowed; there are outputs in the decoder's frames only.
 */
public record EncoderDecoder(Cell cell, int steps, Reads reads, boolean attention) implements Cell {
    /** What a decoder reads besides its state. */
    public enum Reads {
        OUTPUT,
        INPUT,
        BOTH
    }

    @Override
    public Slot wire(Graph g, Slot x) {
        g.stage(Direction.FORWARD, 1, -steps);
        int before = g.states().size();
        Slot h = g.in("encoder", () -> cell.wire(g, x));
        List<Slot> read = new ArrayList<>(g.states().subList(before, g.states().size()));
        g.stage(Direction.FORWARD, 1 - steps, 0);
        int own = g.states().size();
        Slot y = g.vector(h.size());
        g.let(y, g.in("decoder", () -> cell.wire(g, heard(g, x, y, h))));
        List<Slot> unrolled = new ArrayList<>(g.states().subList(own, g.states().size()));
        read.add(h);
        g.handOver(read, unrolled, -steps);
        return y;
    }

    private Slot heard(Graph g, Slot x, Slot y, Slot h) {
        List<Slot> all = new ArrayList<>();
        if (reads != Reads.INPUT) {
            all.add(y.previous());
        }
        if (reads != Reads.OUTPUT) {
            all.add(x);
        }
        if (attention) {
            all.add(context(g, y, h));
        }
        return g.concat(all.toArray(Slot[]::new));
    }

    private Slot context(Graph g, Slot y, Slot h) {
        Supplier<Slot> context = () -> {
            Slot query = g.affine("query", h.size(), y.previous());
            return g.attend(query, h, 1, -steps).context();
        };
        return g.in("attention", context);
    }
}
