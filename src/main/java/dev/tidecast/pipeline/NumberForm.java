package dev.tidecast.pipeline;

/** How the events of a source write their numbers: {@code sources.<role>.number}. */
public enum NumberForm {
    /** As JSON numbers only: {@code 3.5}. */
    JSON,
    /** As JSON numbers or as texts that hold one: {@code "3.5"}. */
    TEXT
}
