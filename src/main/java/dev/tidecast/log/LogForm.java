package dev.tidecast.log;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The forms of the log. The command line chooses one before the first line is logged; {@code logback.xml} has an appender for each. */
public enum LogForm {
    /** For people: a line for each event, the root cause behind the message, known lines left out. */
    TEXT,
    /** For people who look for a fault: everything, with threads and stacks. */
    TRACE,
    /** For machines: each event as a {@link JsonLine}. */
    JSON;

    private static final String PROPERTY = "tidecast.log.form";

    /** The form a word names, text if there is no word; empty if the word names none. */
    public static Optional<LogForm> of(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return Optional.of(TEXT);
        }
        for (LogForm form : values()) {
            if (form.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /** Everything that is logged from now on has this form, if nothing has been logged yet. */
    public void choose() {
        System.setProperty(PROPERTY, word());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
