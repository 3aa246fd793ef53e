package dev.tidecast.series;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * How event time is cut into steps. Bucket i is the half-open stretch [start(i), start(i + 1)).
 *
 * <pre>
 *   Duration PT1H, PT15M, ...   fixed lengths counted from 1970-01-01T00:00Z, whatever the zone
 *   Period   P1D, P3D, ...      calendar days of the zone, counted from 1970-01-01
 *   Period   P1W, P2W, ...      calendar weeks of the zone, beginning on a Monday
 *   none()                      every event is a step of its own; bucket i is then the moment i
 * </pre>
 *
 * A day with 23 or 25 hours is one bucket. Day starts are looked up in pages that are computed once: asking the zone's
 * rules costs far more, and every event asks.
 */
public final class Buckets {
    private static final int PAGE = 256;
    private static final int PAGES = 512;
    /** 1970-01-05, the first Monday. */
    private static final int MONDAY = 4;

    private static final long DAY_MILLIS = 86_400_000L;

    /** Page number n holds the starts of the buckets n * PAGE to (n + 1) * PAGE, both ends included. */
    private record Page(long number, long[] starts) {}

    private final long millis;
    private final int days;
    private final ZoneId zone;
    private final Aggregate aggregate;
    private final String text;
    private final AtomicReferenceArray<@Nullable Page> pages = new AtomicReferenceArray<>(PAGES);

    private Buckets(long millis, int days, ZoneId zone, Aggregate aggregate, String text) {
        this.millis = millis;
        this.days = days;
        this.zone = zone;
        this.aggregate = aggregate;
        this.text = text;
    }

    /** Buckets of a fixed length (a Duration) or of calendar days and weeks (a Period) in the zone. */
    public static Buckets of(TemporalAmount size, ZoneId zone, Aggregate aggregate) {
        if (size instanceof Period period) {
            return ofDays(period, zone, aggregate);
        }
        Duration length = Duration.from(size);
        if (length.toMillis() <= 0 || !Duration.ofMillis(length.toMillis()).equals(length)) {
            throw new DateTimeException("a bucket is a positive number of whole milliseconds, not " + length);
        }
        return new Buckets(length.toMillis(), 0, zone, aggregate, length.toString());
    }

    private static Buckets ofDays(Period period, ZoneId zone, Aggregate aggregate) {
        int days = period.getDays();
        if (days <= 0 || period.toTotalMonths() != 0) {
            throw new DateTimeException("a calendar bucket is a positive number of days or weeks, not " + period);
        }
        String text = days % 7 == 0 ? "P" + days / 7 + "W" : "P" + days + "D";
        return new Buckets(days * DAY_MILLIS, days, zone, aggregate, text);
    }

    /** Every event is a step of its own. */
    public static Buckets none() {
        return new Buckets(0, 0, ZoneOffset.UTC, Aggregate.LAST, "none");
    }

    public boolean isNone() {
        return millis == 0;
    }

    public Aggregate aggregate() {
        return aggregate;
    }

    public ZoneId zone() {
        return zone;
    }

    /** The size as ISO 8601 writes it: "P1D", "P1W", "PT1H"; "none" without buckets. */
    public String text() {
        return text;
    }

    /** How many days of the calendar a bucket has; 0 if its length is fixed or there are no buckets. */
    public int days() {
        return days;
    }

    /** The same cut with another rule of how values become one. */
    public Buckets with(Aggregate other) {
        return other == aggregate ? this : new Buckets(millis, days, zone, other, text);
    }

    /** The usual length of a bucket in milliseconds (a day with a clock change differs); 0 without buckets. */
    public long usualMillis() {
        return millis;
    }

    /** The number of the first step of a series that begins at this moment. */
    public long first(long epochMillis) {
        return isNone() ? 0 : index(epochMillis);
    }

    /** The bucket this moment falls into. */
    public long index(long epochMillis) {
        if (days == 0) {
            return isNone() ? epochMillis : Math.floorDiv(epochMillis, millis);
        }
        long guess = Math.floorDiv(Math.floorDiv(epochMillis, DAY_MILLIS) - anchor(), days);
        while (start(guess) > epochMillis) {
            guess--;
        }
        while (start(guess + 1) <= epochMillis) {
            guess++;
        }
        return guess;
    }

    /** The first moment of a bucket. */
    public long start(long index) {
        if (days == 0) {
            return isNone() ? index : index * millis;
        }
        long number = Math.floorDiv(index, PAGE);
        int slot = Math.floorMod(number, PAGES);
        Page page = pages.get(slot);
        if (page == null || page.number != number) {
            page = new Page(number, starts(number));
            pages.set(slot, page);
        }
        return page.starts[Math.floorMod(index, PAGE)];
    }

    /** The first moment after a bucket. */
    public long end(long index) {
        return start(index + 1);
    }

    private long[] starts(long number) {
        long[] starts = new long[PAGE];
        for (int i = 0; i < PAGE; i++) {
            LocalDate day = LocalDate.ofEpochDay((number * PAGE + i) * days + anchor());
            starts[i] = day.atStartOfDay(zone).toInstant().toEpochMilli();
        }
        return starts;
    }

    private int anchor() {
        return days % 7 == 0 ? MONDAY : 0;
    }
}
