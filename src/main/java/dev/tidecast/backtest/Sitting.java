package dev.tidecast.backtest;

/**
 * An exam that is ready: the observations to run through, how many of the first steps a trainer may look at, who grades, and
 * what is graded straight from the data: the same for every seed, so done for the first alone.
 */
record Sitting(Table table, int trained, Grader<?> grader, Runnable baselines) {}
