package dev.tidecast.pipeline;

import java.time.Duration;

/** How the shared weights are to learn: origins per sample, closed buckets between updates, and what a gate asks. */
public record LearnSpec(int window, int everyBuckets, Duration gateWindow, double minGain) {}
