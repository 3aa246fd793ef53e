package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.NetBuilder;
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
     * @param carrying whether a network that recurs goes on from its state; else it begins anew in every window
     */
    public record Reading(
            int project,
            int window,
            boolean calendar,
            boolean highway,
            boolean scaling,
            int members,
            boolean carrying) {
        static final Reading USUAL = new Reading(0, NetBuilder.USUAL_WINDOW, true, true, true, 1, true);

        /** The same without the linear map. */
        public Reading withoutHighway() {
            return new Reading(project, window, calendar, false, scaling, members, carrying);
        }

        /** The same with values as they are. */
        public Reading withoutScaling() {
            return new Reading(project, window, calendar, highway, false, members, carrying);
        }

        /** The same with a state that is rebuilt at every step. */
        public Reading withoutCarrying() {
            return new Reading(project, window, calendar, highway, scaling, members, false);
        }

        Reading withMembers(int count) {
            return new Reading(project, window, calendar, highway, scaling, count, carrying);
        }
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
        return withReading(reading.withMembers(count));
    }

    /** The same, reading otherwise. */
    public ModelSpec withReading(Reading other) {
        return new ModelSpec(cell, units, lags, options, other, null);
    }
}
