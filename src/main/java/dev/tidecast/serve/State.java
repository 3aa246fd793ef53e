package dev.tidecast.serve;

import java.util.Locale;

/** How much a forecast rests on, as its {@code quality.state} says; {@link #UNKNOWN}: in no word of ours. */
enum State {
    COLD,
    WARMING,
    READY,
    UNKNOWN;

    static State of(String word) {
        return switch (word) {
            case "cold" -> COLD;
            case "warming" -> WARMING;
            case "ready" -> READY;
            default -> UNKNOWN;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
