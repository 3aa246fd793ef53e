package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.TargetKind;

/** What is forecast: its kind and the smallest and largest value it can have; NaN: no such bound. */
public record Target(TargetKind kind, double min, double max) {}
