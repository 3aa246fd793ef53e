package dev.tidecast.forecast.spec;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.cell.Cells;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a {@link NetSpec} from the name of a cell. What is not said has the default of the field {@code model} of a pipeline
 * file, so that the same words name the same network in both. Programs that embed the forecaster hand it to
 * {@link SettingsBuilder#net(NetBuilder)}; the reader of pipeline files makes its networks by it too.
 */
public final class NetBuilder {
    /** How many steps a network that does not recur is shown. */
    public static final int USUAL_WINDOW = 28;

    private static final int USUAL_LAGS = 24;
    private static final int LONGEST_WHOLE = 200;

    private final String cell;
    private final int[] units;
    private Map<String, ?> options = Map.of();
    private int lags;
    private int project;
    private int window = USUAL_WINDOW;
    private boolean calendar = true;
    private NetSpec.Form form = NetSpec.Form.USUAL;

    NetBuilder(String cell, int... units) {
        this.cell = cell;
        this.units = units.clone();
    }

    /** The cell's own options by name, each a Boolean, a String, an Integer, a list of Integers or a Double. */
    public NetBuilder options(Map<String, ?> named) {
        options = Map.copyOf(named);
        return this;
    }

    /** How many of the last values it reads; 0: what the seasons suggest. */
    public NetBuilder lags(int count) {
        lags = count;
        return this;
    }

    /** Width of the layer between what is read and the cell; 0: as the first of its units. */
    public NetBuilder project(int width) {
        project = width;
        return this;
    }

    /** How many steps a network that does not recur is shown. */
    public NetBuilder window(int steps) {
        window = steps;
        return this;
    }

    /** Whether it reads where in its seasons and in the year a step lies. */
    public NetBuilder calendar(boolean reads) {
        calendar = reads;
        return this;
    }

    /** How many networks of this kind answer together. */
    public NetBuilder members(int count) {
        return form(form.withMembers(count));
    }

    /** What surrounds the cell. */
    public NetBuilder form(NetSpec.Form other) {
        form = other;
        return this;
    }

    /**
     * The network for series with these seasons.
     *
     * @throws IllegalArgumentException if the catalogue has no such cell; the message says what was found and what is right
     */
    public NetSpec build(int... seasons) {
        Cell wired = Cells.of(cell, units, options);
        String text = cell + Arrays.toString(units) + new TreeMap<>(options);
        NetSpec.Reading reading = new NetSpec.Reading(
                lags == 0 ? usualLags(seasons) : lags, project == 0 ? units[0] : project, window, calendar);
        return new NetSpec(wired, text, reading, form);
    }

    /** A step more than two seasons need, or what a season tells four times over. */
    private static int usualLags(int[] seasons) {
        if (seasons.length > 1 && seasons[1] <= LONGEST_WHOLE) {
            return seasons[0] + seasons[1];
        }
        return seasons[0] == 1 ? USUAL_LAGS : Math.min(LONGEST_WHOLE, Math.max(USUAL_LAGS, 4 * seasons[0]));
    }
}
