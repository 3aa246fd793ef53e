package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.model.Model;

/** What one observation is folded with: the model, and what the partition knows of time and of keys that have failed. */
record Turn(Model model, Clock time, FailedKeys failed) {}
