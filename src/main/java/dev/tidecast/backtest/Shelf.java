package dev.tidecast.backtest;

import org.jspecify.annotations.Nullable;

/**
 * The forecasts of one key that wait, as many as there are steps ahead. When a step closes, one number of steps ahead of each
 * is read; so what all of them say of one step lies together, and the place of a forecast whose steps have all closed is
 * taken by the next:
 *
 * <pre>
 *   numbers of step h of forecast i    at [(i + h - 1) mod H][h - 1]    rows of {@link Issue.Shape#width}
 * </pre>
 */
final class Shelf {
    private final Issue[] issues;

    Shelf(Course course, Issue.Shape shape) {
        int horizon = shape.horizon();
        int width = shape.width();
        float[] numbers = new float[horizon * horizon * width];
        issues = new Issue[horizon];
        for (int i = 0; i < horizon; i++) {
            issues[i] = new Issue(course, shape, numbers, i * horizon * width, (horizon + 1) * width);
        }
    }

    /** The one that is to be issued before step `index` closes. */
    Issue at(long index) {
        return issues[(int) Math.floorMod(index, (long) issues.length)];
    }

    /** The forecast whose step h is this one; null where none was issued. */
    @Nullable
    Issue due(long step, int h) {
        Issue issue = at(step - h + 1);
        return issue.index() == step - h + 1 ? issue : null;
    }
}
