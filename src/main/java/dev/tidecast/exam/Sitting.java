package dev.tidecast.exam;

import dev.tidecast.backtest.Table;
import org.jspecify.annotations.Nullable;

/**
 * An exam that is ready: the observations to run through, how many of the first steps a trainer may look at, who grades, and
 * what is graded straight from the data: the same for every seed, so done for the first alone. With lessons, learning goes on
 * while it streams.
 */
record Sitting(
        Table table,
        int trained,
        Grader<?> grader,
        Runnable baselines,
        @Nullable Lessons lessons) {
    Sitting(Table table, int trained, Grader<?> grader, Runnable baselines) {
        this(table, trained, grader, baselines, null);
    }
}
