package dev.tidecast.forecast.spec;

import dev.tidecast.series.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * What settings mean where nobody says. {@link SettingsBuilder} and the readers of pipeline files ask:
 *
 * <pre>
 *   kind                  aggregate   a bucket without events, of sums and counts   of any other aggregate
 *   count, nonneg, real   sum         zero                                          mask
 *   positive              mean        mask                                          mask
 *   price                 last        previous                                      previous
 * </pre>
 */
public final class Usual {
    private Usual() {}

    /** How the events of a bucket become one number. */
    public static Aggregate aggregate(TargetKind kind) {
        return switch (kind) {
            case COUNT, NONNEG, REAL -> Aggregate.SUM;
            case POSITIVE -> Aggregate.MEAN;
            case PRICE -> Aggregate.LAST;
        };
    }

    /** What a bucket without events means. */
    public static Missing missing(TargetKind kind, @Nullable Aggregate aggregate) {
        boolean adds = aggregate == Aggregate.SUM || aggregate == Aggregate.COUNT;
        return switch (kind) {
            case COUNT, NONNEG, REAL -> adds ? Missing.ZERO : Missing.MASK;
            case POSITIVE -> Missing.MASK;
            case PRICE -> Missing.PREVIOUS;
        };
    }
}
