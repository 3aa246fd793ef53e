package dev.tidecast.forecast.spec;

import dev.tidecast.series.Buckets;
import java.util.Arrays;

/**
 * The seasons of a bucket size, where nobody names any ({@link SettingsBuilder}, pipeline files): after how many steps the clock or the calendar repeats.
 *
 * <pre>
 *   7 days and more                    a year, if a whole number of steps comes within a twentieth of it
 *   1 to 4 days                        seven steps, after which the same weekdays return
 *   parts of a day or of a week        a day, and a week: 24 and 168 of an hour
 *   too short for that                 an hour, or else a minute
 *   anything else                      none
 * </pre>
 *
 * A season has 2 to {@link #LONGEST} steps; one that would have more is left out.
 */
public final class Seasons {
    /** The most steps of a season. */
    public static final int LONGEST = 1024;

    private static final int[] NONE = {1};

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long WEEK = 7 * DAY;
    private static final double DAYS_OF_YEAR = 365.25;
    private static final double YEAR_MISSED = .05;
    private static final int MOST_DAYS_OF_WEEKDAYS = 4;
    private static final int LEAST_DAYS_OF_YEAR = 7;

    private Seasons() {}

    /** Steps per season, ascending. Prices have the seasons of 1 day and 1 hour alone: their forecasts gain nothing by one. */
    public static int[] of(Buckets buckets, TargetKind kind) {
        boolean usual = buckets.days() == 1 || buckets.days() == 0 && buckets.usualMillis() == HOUR;
        if (buckets.isNone() || kind == TargetKind.PRICE && !usual) {
            return none();
        }
        return buckets.days() > 0 ? ofDays(buckets.days()) : ofMillis(buckets.usualMillis());
    }

    /** No season. */
    public static int[] none() {
        return NONE.clone();
    }

    private static int[] ofDays(int days) {
        if (days <= MOST_DAYS_OF_WEEKDAYS) {
            return new int[] {7};
        }
        long steps = Math.round(DAYS_OF_YEAR / days);
        boolean repeats = steps > 1 && Math.abs(steps * days / DAYS_OF_YEAR - 1) <= YEAR_MISSED;
        return days >= LEAST_DAYS_OF_YEAR && repeats ? new int[] {(int) steps} : none();
    }

    private static int[] ofMillis(long size) {
        int[] daily = dividing(size, DAY, WEEK);
        if (daily.length > 0) {
            return daily;
        }
        int[] hour = dividing(size, HOUR);
        int[] shorter = hour.length > 0 ? hour : dividing(size, MINUTE);
        return shorter.length > 0 ? shorter : none();
    }

    /** The steps of each of these units that the size divides into 2 to {@link #LONGEST}. */
    private static int[] dividing(long size, long... units) {
        return Arrays.stream(units)
                .filter(unit -> unit % size == 0 && unit / size >= 2 && unit / size <= LONGEST)
                .mapToInt(unit -> (int) (unit / size))
                .toArray();
    }
}
