package dev.tidecast.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network a pipeline asks for.
 *
 * @param cell a word of the catalogue
 * @param units its widths layer by layer
 * @param lags how many of the last values it reads: the largest counts; empty: what the seasons suggest
 * @param options the cell's own options by name
 * @param reading what it reads and how
 * @param file the trained model, null if there is none yet
 */
public record ModelSpec(
        String cell,
        List<Integer> units,
        List<Integer> lags,
        Map<String, Object> options,
        Reading reading,
        @Nullable Path file) {
    /**
     * What a network reads beside its lags.
     *
     * @param project width of the layer between what is read and the cell; 0: as the first of its units
     * @param window how many steps a network that does not recur is shown
     * @param calendar whether it reads where in its seasons and in the year a step lies
     * @param highway whether a linear map of all it reads leads straight to the medians
     * @param scaling whether each key is measured in its own level and scale
     * @param members how many networks, trained from different seeds, answer together
     */
    public record Reading(int project, int window, boolean calendar, boolean highway, boolean scaling, int members) {
        static final Reading USUAL = new Reading(0, 28, true, true, true, 1);
    }

    public ModelSpec {
        units = List.copyOf(units);
        lags = List.copyOf(lags);
        options = Map.copyOf(options);
    }

    /** The same with another cell of so many layers. */
    public ModelSpec withCell(String word, List<Integer> widths) {
        return new ModelSpec(word, widths, lags, Map.of(), reading, null);
    }

    /** The same with so many members. */
    public ModelSpec withMembers(int count) {
        Reading r = reading;
        return withReading(new Reading(r.project, r.window, r.calendar, r.highway, r.scaling, count));
    }

    /** The same, reading otherwise. */
    public ModelSpec withReading(Reading other) {
        return new ModelSpec(cell, units, lags, options, other, null);
    }
}
