package dev.tidecast.exam;

import dev.tidecast.backtest.Table;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation that is prepared and can be run: the observations, the number of first steps that a trainer may read, and the
 * grader that scores the forecasts. {@code baselines} scores the naive forecasts directly from the data; they are the same for
 * every seed, so this is run for the first seed only. With lessons, the model continues to learn during the evaluation.
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
