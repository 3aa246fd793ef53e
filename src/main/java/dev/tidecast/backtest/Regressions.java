package dev.tidecast.backtest;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Autoregression;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The {@link Autoregression} of each key, worked out by the scorer from the actuals where the forecaster does without: so that sales
 * and prices are held against one too. A step whose actual is not known repeats the one before.
 *
 * <pre>
 *   level += max(.02, 1 / (n + 1)) (y - level)      scale += max(.02, 1 / (n + 1)) (|y - level| - scale)      n steps before
 * </pre>
 *
 * It speaks of what the kind of target can be: no less than 0 where nothing less can be.
 */
final class Regressions {
    private static final double PACE = .02;

    private final Autoregression regression;
    private final double least;
    private final int horizon;
    private final Map<Course, Own> each = new IdentityHashMap<>();

    Regressions(Settings settings) {
        this.regression = new Autoregression(settings.seasons(), settings.horizon());
        this.horizon = settings.horizon();
        this.least = settings.kind() == TargetKind.REAL ? Double.NEGATIVE_INFINITY : 0;
    }

    /** What is known of one key. */
    private final class Own {
        private final double[] state = new double[regression.size()];
        private final float[] past = new float[regression.reach()];
        private long next;
        private int seen;
        private double level;
        private double scale;

        private Own(long first) {
            regression.begin(state);
            next = first;
        }

        private Autoregression.Measure measure() {
            return new Autoregression.Measure(level, scale > 0 ? scale : 1);
        }

        private void take(double actual) {
            double y = Double.isNaN(actual) ? past[past.length - 1] : actual;
            if (seen >= past.length && !Double.isNaN(actual)) {
                regression.learn(state, past, measure(), y);
            }
            double pace = Math.max(PACE, 1.0 / (seen + 1));
            level += pace * (y - level);
            scale += pace * (Math.abs(y - level) - scale);
            System.arraycopy(past, 1, past, 0, past.length - 1);
            past[past.length - 1] = (float) y;
            seen++;
        }
    }

    /** What it expects of the steps of a course that have not closed; NaN while too little has been seen. */
    double[] expected(Course course) {
        long first = course.next() - Math.min(course.closed(), course.memory());
        Own own = each.computeIfAbsent(course, c -> new Own(first));
        for (own.next = Math.max(own.next, first); own.next < course.next(); own.next++) {
            own.take(course.actual(own.next));
        }
        double[] said = new double[horizon];
        if (own.seen <= own.past.length) {
            Arrays.fill(said, Double.NaN);
            return said;
        }
        double[] free = regression.expected(own.state, own.past, own.measure());
        for (int h = 0; h < horizon; h++) {
            said[h] = Math.max(least, free[h]);
        }
        return said;
    }
}
