package dev.tidecast.forecast.spec;

/** What a step without any event means. */
public enum Missing {
    /** Nothing happened: the value is 0, and it counts as observed. */
    ZERO,
    /** Nothing changed: the value before it stands, and no forecast is judged by it. */
    PREVIOUS,
    /** Nothing is known: the step passes without teaching anything. */
    MASK
}
