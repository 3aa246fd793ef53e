package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Grid;

/**
 * What an open bucket's events so far say about its final value. With v the value so far, f the share of the bucket that
 * has passed, q the forecast from the closed steps, all as they are worked with:
 *
 * <pre>
 *   SUM (of amounts from 0), COUNT, MAX   max(v, q)
 *   MIN                                   min(v, q)
 *   MEAN                                  f v + (1 - f) q
 *   LAST                                  v + √max(.05, 1 - f) (q - q(median))
 *   SUM of any numbers                    q
 *   when the bucket is over (f = 1)       v
 * </pre>
 *
 * Nothing is scaled up by the share that has passed: a shop sells nothing at night, and a fold that does not know the
 * day's shape would be wrong every morning.
 */
final class Nowcast {
    private static final double LEAST_LEFT = .05;

    private final Aggregate aggregate;
    private final Domain domain;

    Nowcast(Settings settings, Domain domain) {
        this.aggregate = settings.buckets().aggregate();
        this.domain = domain;
    }

    /** Bends the nine quantiles to the value so far; they stay ascending. */
    void bend(double[] z, double value, double passed) {
        double v = domain.inner(domain.clamp(value));
        double median = z[Grid.MEDIAN];
        double left = Math.sqrt(Math.max(LEAST_LEFT, 1 - passed));
        for (int i = 0; i < Grid.SIZE; i++) {
            z[i] = passed >= 1 ? v : bent(z[i], v, passed, left * (z[i] - median));
        }
    }

    /** Bends the nine quantiles to a value that is the least it can be. */
    void bendUp(double[] z, double value) {
        double v = domain.inner(domain.clamp(value));
        for (int i = 0; i < Grid.SIZE; i++) {
            z[i] = Math.max(v, z[i]);
        }
    }

    private double bent(double z, double v, double passed, double around) {
        return switch (aggregate) {
            case SUM -> domain.growsOnly() ? Math.max(v, z) : z;
            case COUNT, MAX -> Math.max(v, z);
            case MIN -> Math.min(v, z);
            case MEAN -> passed * v + (1 - passed) * z;
            case LAST -> v + around;
        };
    }
}
