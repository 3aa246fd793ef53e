package dev.tidecast.forecast;

/**
 * What is learned and shared by all keys: here the fixed prior of the experts. Read by
 * all threads, changed by none.
 */
public record Model(String version, float[] weights) {}
