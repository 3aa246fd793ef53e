package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Slot;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of units that tick at their own periods T₁ < ... < T_g (Koutník and others 2014). Group i is computed only where the
 * step's index is a multiple of Tᵢ and keeps its value elsewhere; it hears itself and the slower groups, never a faster one.
 *
 * <pre>
 * hᵢ = tanh(Uᵢ x + Σ_{j ≥ i} Wᵢⱼ hⱼ' + bᵢ) where t mod Tᵢ = 0, hᵢ' elsewhere
 * </pre>
 */
public record Clockwork(int units, List<Integer> periods) implements Cell {
    public Clockwork {
        if (units % periods.size() != 0) {
            throw new IllegalArgumentException(
                    units + " units do not make " + periods.size() + " groups of equal size, one per period");
        }
        for (int i = 1; i < periods.size(); i++) {
            if (periods.get(i) <= periods.get(i - 1)) {
                throw new IllegalArgumentException("periods must ascend, not " + periods);
            }
        }
    }

    @Override
    public Slot wire(Graph g, Slot x) {
        int groups = periods.size();
        List<Slot> h = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            h.add(g.vector(units / groups));
        }
        for (int i = 0; i < groups; i++) {
            List<Slot> heard = new ArrayList<>(List.of(x));
            h.subList(i, groups).forEach(slower -> heard.add(slower.previous()));
            Slot fresh = g.tanh(g.affine("h" + i, units / groups, heard.toArray(Slot[]::new)));
            g.let(h.get(i), g.clocked(periods.get(i), fresh, h.get(i).previous()));
        }
        return g.concat(h.toArray(Slot[]::new));
    }
}
