package dev.tidecast.forecast;

/** What made a forecast leave. */
public enum Trigger {
    EVENT,
    CLOSE
}
