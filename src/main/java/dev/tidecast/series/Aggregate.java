package dev.tidecast.series;

/** How the values that fall into one bucket become the one value of that step. */
public enum Aggregate {
    /** Their sum. */
    SUM,
    /** The one with the largest event time; of two at the same moment, the later arrival. */
    LAST,
    /** Their mean. */
    MEAN,
    /** The largest. */
    MAX,
    /** The smallest. */
    MIN,
    /** How many there were, whatever they say. */
    COUNT
}
