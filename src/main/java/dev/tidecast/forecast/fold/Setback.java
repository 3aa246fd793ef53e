package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.StateException;

/**
 * Something went wrong with one key; all other keys go on.
 *
 * @param key the key, or {@link Setback#CLOCK} for the partition's clock
 * @param attempt 1 at the first time, then how often it has been tried
 */
public record Setback(String key, Kind kind, RuntimeException cause, int attempt) {
    /** The key of a setback that concerns the clock of the partition. */
    public static final String CLOCK = "clock";

    /** What went wrong. */
    public enum Kind {
        /** The stored bytes could not be read: the key starts again from the prior. */
        CORRUPT,
        /** A bucket could not be closed: the key's state stays as it was. */
        FAILED
    }

    static Setback corrupt(String key, StateException cause) {
        return new Setback(key, Kind.CORRUPT, cause, 1);
    }

    /** Why, in words. */
    public String why() {
        return String.valueOf(cause.getMessage());
    }
}
