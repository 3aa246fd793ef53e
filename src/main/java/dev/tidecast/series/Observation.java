package dev.tidecast.series;

/**
 * One value of one series at one moment of event time (milliseconds since 1970, UTC).
 *
 * @param sourceTime the largest event time its source partition has shown so far, this observation included
 */
public record Observation(String key, long time, double value, long sourceTime, Source source) {}
