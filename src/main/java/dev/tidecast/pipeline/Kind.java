package dev.tidecast.pipeline;

import java.util.Locale;

/** The kinds of topic a pipeline writes; a topic is named {@code <pipeline>.<kind>} unless the file says otherwise. */
public enum Kind {
    FORECASTS,
    ACCURACY,
    DLQ;

    /** The word in topic names and in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
