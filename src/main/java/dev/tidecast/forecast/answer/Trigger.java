package dev.tidecast.forecast.answer;

/** What made a forecast leave. */
public enum Trigger {
    EVENT,
    CLOSE
}
