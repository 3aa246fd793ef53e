package dev.tidecast.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.LongAdder;

/**
 * How good the forecasts made so many steps ahead have been since the start: running sums of |error| of the forecast's
 * median and of the seasonal naive one on the same truths, and the two ratios one wants to see.
 *
 * <pre>
 *   skill    = 1 - sum |y - p50| / sum |y - naive|      above 0: better than seasonal naive
 *   coverage = share of truths inside the widest shown interval
 * </pre>
 */
final class ScoreMeters {
    private final Counter scores;
    private final Counter error;
    private final Counter naiveError;
    private final LongAdder covered = new LongAdder();

    ScoreMeters(MeterRegistry registry, Tags tags) {
        this.scores = counter(registry, MeterNames.SCORES, "Forecasts that have met their truth", tags);
        this.error = counter(registry, MeterNames.ABSOLUTE_ERROR, "Sum of absolute errors of the median", tags);
        this.naiveError = counter(
                registry, MeterNames.NAIVE_ABSOLUTE_ERROR, "Sum of absolute errors of the seasonal naive one", tags);
        Gauge.builder(MeterNames.SKILL, this, ScoreMeters::skill)
                .description("1 - error / error of seasonal naive, since the start")
                .tags(tags)
                .register(registry);
        Gauge.builder(MeterNames.COVERAGE, this, ScoreMeters::coverage)
                .description("Share of truths inside the widest shown interval, since the start")
                .tags(tags)
                .register(registry);
    }

    void add(double absolute, double naive, boolean inside) {
        scores.increment();
        if (Double.isFinite(absolute) && Double.isFinite(naive)) {
            error.increment(absolute);
            naiveError.increment(naive);
        }
        if (inside) {
            covered.increment();
        }
    }

    private double skill() {
        double naive = naiveError.count();
        return naive > 0 ? 1 - error.count() / naive : Double.NaN;
    }

    private double coverage() {
        double count = scores.count();
        return count > 0 ? covered.sum() / count : Double.NaN;
    }

    private static Counter counter(MeterRegistry registry, String name, String text, Tags tags) {
        return Counter.builder(name).description(text).tags(tags).register(registry);
    }
}
