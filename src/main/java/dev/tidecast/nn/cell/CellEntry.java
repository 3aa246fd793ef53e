package dev.tidecast.nn.cell;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Network;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One line of the catalogue.
 *
 * @param name the word used in {@code model: {cell: ...}}
 * @param summary one line for people
 * @param type the class that holds the equations
 * @param shape the fewest entries that {@code units} may have, and the options
 */
public record CellEntry(
        String name, String summary, Class<? extends Cell> type, Shape shape, List<CellOption> options, Maker maker) {
    /**
     * How {@code units} is read.
     *
     * @param fewest how many entries it must have
     * @param plain whether one cell is made per entry, so that other cells can be made {@code of} it
     */
    record Shape(int fewest, boolean plain) {
        static final Shape PLAIN = new Shape(1, true);
        static final Shape WHOLE = new Shape(1, false);
    }

    /** Makes the cell from units and accepted options. */
    @FunctionalInterface
    interface Maker {
        Cell make(int[] units, Chosen options);
    }

    /** Whether state is carried from step to step with the usual options; else the window is read again at every step. */
    public boolean recurrent() {
        return network(1, example(), Map.of()).recurrent();
    }

    /** How many weights it has over so many inputs. */
    public int weights(int inputs, int[] units, Map<String, ?> options) {
        return network(inputs, units, options).weights();
    }

    /** How many floats of state it carries per key. */
    public int stateFloats(int inputs, int[] units, Map<String, ?> options) {
        return network(inputs, units, options).stateSize();
    }

    /** Units that every option agrees with: for a first look. */
    public int[] example() {
        int[] units = new int[shape.fewest()];
        Arrays.fill(units, 36);
        return units;
    }

    private Network network(int inputs, int[] units, Map<String, ?> options) {
        return Network.of(inputs, Cells.of(name, units, options));
    }
}
