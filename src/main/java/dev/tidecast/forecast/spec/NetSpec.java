package dev.tidecast.forecast.spec;

import dev.tidecast.nn.Cell;

/**
 * Which network a forecaster runs. {@link #of} makes one from a name of the catalogue of cells, as the field {@code model} of a
 * pipeline file does.
 *
 * @param cell the equations between the features and the head
 * @param text the cell and its widths in words: what fingerprints are made of
 * @param form what surrounds the cell
 */
public record NetSpec(Cell cell, String text, Reading reading, Form form) {
    /**
     * What it reads.
     *
     * @param lags how many of the last values it reads
     * @param project width of the layer between features and cell
     * @param window how many steps a network that does not recur is shown
     * @param calendar whether it reads where in its seasons and in the year a step lies
     */
    public record Reading(int lags, int project, int window, boolean calendar) {
        public Reading {
            if (lags < 1 || lags > MOST_LAGS) {
                throw new IllegalArgumentException("lags are 1 to " + MOST_LAGS + ", not " + lags);
            }
        }

        private String text() {
            return lags + " " + project + " " + window + " " + calendar;
        }
    }

    /**
     * What surrounds the cell.
     *
     * @param highway whether a linear map of all features leads straight to the medians
     * @param scaling whether each key is measured in its own level and scale
     * @param members how many networks of this kind answer together, by the mean of what each says
     * @param carrying whether a network that recurs goes on from its state; else it begins anew at every step, so many steps
     *     back as the window is long, from what it read then
     */
    public record Form(boolean highway, boolean scaling, int members, boolean carrying) {
        /** All of it, alone. */
        public static final Form USUAL = new Form(true, true, 1, true);

        public Form {
            if (members < 1 || members > MOST_MEMBERS) {
                throw new IllegalArgumentException("members are 1 to " + MOST_MEMBERS + ", not " + members);
            }
        }

        /** The same without the linear map. */
        public Form withoutHighway() {
            return new Form(false, scaling, members, carrying);
        }

        /** The same with values as they are. */
        public Form withoutScaling() {
            return new Form(highway, false, members, carrying);
        }

        /** The same with a state that is rebuilt at every step. */
        public Form withoutCarrying() {
            return new Form(highway, scaling, members, false);
        }

        /** The same with so many networks. */
        public Form withMembers(int count) {
            return new Form(highway, scaling, count, carrying);
        }

        private String text() {
            String parts = highway && scaling ? "" : " Form[highway=" + highway + ", scaling=" + scaling + "]";
            return parts + (members == 1 ? "" : " members " + members) + (carrying ? "" : " rebuilt");
        }
    }

    /** How many networks may answer together. */
    public static final int MOST_MEMBERS = 5;

    /** How many lags a network may read. */
    public static final int MOST_LAGS = 1024;

    /**
     * A network whose cell is in the catalogue.
     *
     * @param cell its name, such as {@code lstm}; {@code ./tidecast cells} lists them
     * @param units the width of each layer
     */
    public static NetBuilder of(String cell, int... units) {
        return new NetBuilder(cell, units);
    }

    public int lags() {
        return reading.lags;
    }

    public int project() {
        return reading.project;
    }

    public int window() {
        return reading.window;
    }

    public boolean calendar() {
        return reading.calendar;
    }

    /** Everything that shapes a key state, as text. */
    public String shape() {
        return text + " " + reading.text() + form.text();
    }
}
