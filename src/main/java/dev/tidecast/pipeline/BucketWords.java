package dev.tidecast.pipeline;

import dev.tidecast.series.Buckets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a step of a pipeline is, in words. {@code validate} and {@code plan} print them, and the log of a start shows them.
 *
 * @param number what the number of a bucket is: "sum of /qty per day in Europe/Prague"
 * @param empty what a bucket without events means: "a bucket without events counts as 0"
 * @param season after how many steps the numbers repeat: "season: 7 steps (7 days)"
 */
public record BucketWords(String number, String empty, String season) {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;

    /** The words of a pipeline. */
    public static BucketWords of(Pipeline pipeline) {
        return new BucketWords(number(pipeline), empty(pipeline), season(pipeline));
    }

    /** All of them in one line. */
    public String line() {
        return number + "; " + empty + "; " + season;
    }

    private static String number(Pipeline pipeline) {
        Buckets buckets = pipeline.buckets();
        if (buckets.isNone()) {
            return "each event is a step of its own";
        }
        String field = pipeline.source().value().path().text();
        String what = switch (buckets.aggregate()) {
            case SUM -> "sum of " + field;
            case MEAN -> "mean of " + field;
            case LAST -> "last " + field;
            case MAX -> "largest " + field;
            case MIN -> "smallest " + field;
            case COUNT -> "number of events";
        };
        return what + " per " + size(buckets) + zone(buckets);
    }

    private static String empty(Pipeline pipeline) {
        Buckets buckets = pipeline.buckets();
        if (buckets.isNone()) {
            return "no step is without an event";
        }
        return "a bucket without events "
                + switch (pipeline.missing()) {
                    case ZERO -> "counts as 0";
                    case PREVIOUS -> "repeats the number before it";
                    case MASK -> "is unknown";
                };
    }

    private static String season(Pipeline pipeline) {
        int[] seasons = pipeline.seasons();
        if (seasons[0] == 1) {
            return "no season: set season: if the numbers repeat";
        }
        Buckets buckets = pipeline.buckets();
        return "season: "
                + Arrays.stream(seasons)
                        .mapToObj(steps -> steps + " steps" + length(buckets, steps))
                        .collect(Collectors.joining(", "));
    }

    private static String length(Buckets buckets, int steps) {
        return buckets.isNone() ? "" : " (" + counted(buckets, steps) + ")";
    }

    /** "day", "15 minutes". */
    private static String size(Buckets buckets) {
        String counted = counted(buckets, 1);
        return counted.startsWith("1 ") ? counted.substring(2) : counted;
    }

    /** So many buckets in the largest unit that measures them: weeks only of buckets that are weeks. */
    private static String counted(Buckets buckets, int steps) {
        long millis = buckets.usualMillis() * steps;
        if (buckets.text().endsWith("W")) {
            return counted(millis / WEEK, "week");
        }
        if (millis % DAY == 0) {
            return counted(millis / DAY, "day");
        }
        if (millis % HOUR == 0) {
            return counted(millis / HOUR, "hour");
        }
        return millis % MINUTE == 0 ? counted(millis / MINUTE, "minute") : counted(millis / SECOND, "second");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }

    /** Where days begin; shorter buckets are the same everywhere. */
    private static String zone(Buckets buckets) {
        if (!buckets.text().matches("P[0-9]+[DW]")) {
            return "";
        }
        return " in "
                + (buckets.zone().equals(ZoneOffset.UTC)
                        ? "UTC"
                        : buckets.zone().getId());
    }
}
