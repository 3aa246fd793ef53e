package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.NetBuilder;
import dev.tidecast.forecast.spec.NetSpec;
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
     * @param form what surrounds the cell
     */
    public record Reading(int project, int window, boolean calendar, NetSpec.Form form) {
        static final Reading USUAL = new Reading(0, NetBuilder.USUAL_WINDOW, true, NetSpec.Form.USUAL);

        /** The same with another form. */
        public Reading with(NetSpec.Form other) {
            return new Reading(project, window, calendar, other);
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
        return withForm(reading.form.withMembers(count));
    }

    /** The same with something else around the cell. */
    public ModelSpec withForm(NetSpec.Form other) {
        return new ModelSpec(cell, units, lags, options, reading.with(other), null);
    }
}
