package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the report can show of each key: its last few forecasts that were a whole horizon apart, and the actuals that have
 * overtaken them since. Keeps keys up to a number, the first met, and no forecast that is not scored.
 */
public final class Gallery implements Judge {
    private static final int MOST_KEYS = 20_000;
    private static final int FANS = 5;

    private final long firstOrigin;
    private final Map<Course, ArrayDeque<Issue>> kept = new IdentityHashMap<>();

    /** Keeps forecasts whose origin is at or after a moment. */
    public Gallery(long firstOrigin) {
        this.firstOrigin = firstOrigin;
    }

    @Override
    public void issued(Issue issue, Forecast forecast) {
        if (issue.origin() < firstOrigin || Math.floorMod(issue.index(), (long) issue.horizon()) != 0) {
            return;
        }
        ArrayDeque<Issue> issues = kept.get(issue.course());
        if (issues == null) {
            if (kept.size() == MOST_KEYS) {
                return;
            }
            issues = new ArrayDeque<>(FANS);
            kept.put(issue.course(), issues);
        }
        if (issues.size() == FANS) {
            issues.removeFirst();
        }
        issues.addLast(issue.kept());
    }

    /**
     * Forecasts of one key and what became of them.
     *
     * @param first number of the first step shown
     * @param actual of every step from there on, NaN where nothing was observed
     */
    public record Picture(Course course, long first, double[] actual, List<Issue> issues) {}

    /** The picture of a key; empty of issues where none has met half of its actuals. */
    Picture picture(Course course) {
        ArrayDeque<Issue> issues = kept.getOrDefault(course, new ArrayDeque<>());
        List<Issue> met = new ArrayList<>(issues);
        met.removeIf(issue -> issue.index() + issue.horizon() / 2 >= course.next());
        if (met.isEmpty()) {
            return new Picture(course, course.next(), new double[0], met);
        }
        int horizon = met.get(0).horizon();
        long known = course.next() - Math.min(course.closed(), course.memory());
        long first = Math.max(known, met.get(0).index() - horizon);
        met.removeIf(issue -> issue.index() < first);
        double[] actual = new double[(int) (course.next() - first)];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = course.actual(first + i);
        }
        return new Picture(course, first, actual, met);
    }
}
