package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline file means where it does not say. The readers of its sections ask:
 *
 * <pre>
 *   kind                  aggregate   a bucket without events, of sums and counts   of any other aggregate
 *   count, nonneg, real   sum         zero                                          mask
 *   positive              mean        mask                                          mask
 *   price                 last        previous                                      previous
 * </pre>
 */
final class Usual {
    private Usual() {}

    /** How the events of a bucket become one number. */
    static Aggregate aggregate(TargetKind kind) {
        return switch (kind) {
            case COUNT, NONNEG, REAL -> Aggregate.SUM;
            case POSITIVE -> Aggregate.MEAN;
            case PRICE -> Aggregate.LAST;
        };
    }

    /** What a bucket without events means. */
    static Missing missing(TargetKind kind, @Nullable Aggregate aggregate) {
        boolean adds = aggregate == Aggregate.SUM || aggregate == Aggregate.COUNT;
        return switch (kind) {
            case COUNT, NONNEG, REAL -> adds ? Missing.ZERO : Missing.MASK;
            case POSITIVE -> Missing.MASK;
            case PRICE -> Missing.PREVIOUS;
        };
    }
}
