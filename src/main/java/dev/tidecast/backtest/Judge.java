package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;

/**
 * Is told about every forecast of a backtest: once when a closed bucket makes it, and once for each of its steps when the actual
 * of this step is known.
 */
public interface Judge {
    /** A forecast was made when a bucket closed; the issue is the part of it that is kept. */
    default void issued(Issue issue, Forecast forecast) {}

    /** The actual of step h of a forecast is known; called in the order in which the steps close. */
    default void matured(Issue issue, int h, double actual) {}
}
