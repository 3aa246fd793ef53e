package dev.tidecast.forecast;

/** Whose word a forecast is: the weight of each expert, averaged over the steps; they sum to one. */
public record Mix(double persistence, double seasonalNaive, double smoothing) {}
