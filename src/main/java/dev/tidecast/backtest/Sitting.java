package dev.tidecast.backtest;

/**
 * An exam that is ready: the observations to run through, how many of the first steps a trainer may look at, and who grades.
 */
record Sitting(Table table, int trained, Grader<?> grader) {}
