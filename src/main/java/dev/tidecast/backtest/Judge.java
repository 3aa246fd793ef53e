package dev.tidecast.backtest;

/** Hears of every forecast twice: when it leaves, and step by step when what it spoke of has become known. */
public interface Judge {
    /** A forecast left at a close. */
    default void issued(Issue issue) {}

    /** Step h of a forecast has met its actual; called in the order in which the steps close. */
    default void matured(Issue issue, int h, double actual) {}
}
