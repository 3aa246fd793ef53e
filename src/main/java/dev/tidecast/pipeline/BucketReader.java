package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Seasons;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.spec.Usual;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/** Reads {@code bucket}: how event time is cut into steps, and what follows from it. */
final class BucketReader {
    private static final String SHAPE = "size: P1D";

    /**
     * The cut and what it suggests.
     *
     * @param buckets null if the file does not say
     * @param size the length of a step, days counted as 24 hours; zero without buckets
     * @param seasons steps per season, ascending
     */
    record Cut(@Nullable Buckets buckets, Duration size, int[] seasons) {}

    private static final Cut UNKNOWN = new Cut(null, Duration.ofDays(1), Seasons.none());

    private final Section top;

    BucketReader(Section top) {
        this.top = top;
    }

    Cut cut(TargetKind kind) {
        if (top.value("bucket") instanceof Tree.Text text && text.value().equals("none")) {
            return new Cut(Buckets.none(), Duration.ZERO, Seasons.none());
        }
        Section section = top.requiredSection("bucket", SHAPE);
        if (section == null) {
            return UNKNOWN;
        }
        TemporalAmount size = size(section);
        ZoneId zone = section.optional("zone", Times.ZONE, ZoneOffset.UTC);
        Aggregate aggregate = section.optional("aggregate", Form.word(Aggregate.class), Usual.aggregate(kind));
        if (size instanceof Duration && section.has("zone")) {
            section.wrong("zone", "has a meaning for whole days and weeks only: shorter buckets are cut in UTC");
        }
        section.close();
        if (size == null) {
            return UNKNOWN;
        }
        Buckets buckets = Buckets.of(size, zone, aggregate);
        return new Cut(buckets, length(size), Seasons.of(buckets, kind));
    }

    private static Duration length(TemporalAmount size) {
        return size instanceof Period days ? Duration.ofDays(days.getDays()) : Duration.from(size);
    }

    /** The size; months and years are refused with what comes nearest to them. */
    private static @Nullable TemporalAmount size(Section section) {
        if (section.value("size") instanceof Tree.Text text) {
            String weeks = Times.nearestWeeks(text.value());
            if (weeks != null) {
                section.wrong(
                        "size",
                        "is " + text.value() + ": months and years are not built; " + weeks + " is the nearest");
                return null;
            }
        }
        return section.required("size", Times.BUCKET_SIZE);
    }
}
