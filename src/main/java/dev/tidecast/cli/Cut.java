package dev.tidecast.cli;

import dev.tidecast.series.Buckets;
import dev.tidecast.text.EventTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Where data is cut in two, at a boundary of buckets: {@code train} learns from what lies before, {@code backtest} scores what
 * comes after. The same words cut the same data at the same moment in both.
 */
final class Cut {
    private final CommandLine command;
    private final Buckets buckets;

    Cut(CommandLine command, Buckets buckets) {
        this.command = command;
        this.buckets = buckets;
    }

    /** At a moment written as in an event; the bucket that it falls into counts as what comes after. */
    long at(String option, String text) {
        try {
            return boundary(new EventTime(buckets.zone()).of(text));
        } catch (DateTimeException e) {
            throw new ParameterException(
                    command, option + " is a day or a moment such as 2026-09-01 or 2026-09-01T00:00:00Z, not " + text);
        }
    }

    /** So that the last part comes after: a share of the time of the data, or a length of time. */
    long holdout(String text, long first, long last) {
        long begin = buckets.start(buckets.index(first));
        long end = buckets.end(buckets.index(last));
        long cut = boundary(end - held(text, begin, end));
        if (cut <= begin || cut >= end) {
            throw new ParameterException(
                    command,
                    "--holdout " + text + " leaves nothing " + (cut <= begin ? "before it" : "in it")
                            + ": the data is from " + Instant.ofEpochMilli(begin) + " to " + Instant.ofEpochMilli(end));
        }
        return cut;
    }

    private long boundary(long moment) {
        return buckets.start(buckets.index(moment));
    }

    private long held(String text, long begin, long end) {
        TemporalAmount length = length(text);
        if (length != null) {
            return end
                    - Instant.ofEpochMilli(end)
                            .atZone(buckets.zone())
                            .minus(length)
                            .toInstant()
                            .toEpochMilli();
        }
        boolean share = text.matches("0?[.][0-9]{1,9}");
        if (!share) {
            throw new ParameterException(
                    command, "--holdout is a share such as 0.25 or a length of time such as P90D, not " + text);
        }
        return Math.round(Double.parseDouble(text) * (end - begin));
    }

    private static @Nullable TemporalAmount length(String text) {
        try {
            return text.contains("T") ? Duration.parse(text) : Period.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
