package dev.tidecast.backtest;

import dev.tidecast.forecast.Forecast;

/** Hears of every forecast twice: when it leaves, and step by step when what it spoke of has become known. */
public interface Judge {
    /** A forecast left at a close; the issue is what is kept of it. */
    default void issued(Issue issue, Forecast forecast) {}

    /** Step h of a forecast has met its actual; called in the order in which the steps close. */
    default void matured(Issue issue, int h, double actual) {}
}
