package dev.tidecast.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Event time as it is written in an event or in a data file, to milliseconds since 1970 (UTC). The stream asks for each
 * event, the reader of data files for each row whose time it has not read by a shorter way. The forms:
 *
 * <pre>
 *   "2026-11-20T09:14:02.117Z"  "2026-11-20T10:14+01:00"   ISO 8601 with an offset (Z, ±hh, ±hhmm, ±hh:mm)
 *   "2026-11-20T10:14:02"       "2026-11-20"               without one: local time in the zone of the buckets
 *   1795166042                  1795166042.117             a number below 10^11 in size: seconds since 1970
 *   1795166042117                                          any other number: milliseconds since 1970
 * </pre>
 *
 * A space may stand for the T, seconds and their fraction may be missing, years are 0001 to 9999. A local time that a
 * clock change skips counts as if the clock had not yet been changed; one that occurs twice means the first.
 */
public final class EventTime {
    private static final double MILLIS_FROM = 1e11;
    private static final double EARLIEST = -62_135_596_800_000.0;
    private static final double LATEST = 253_402_300_799_999.0;

    private final ZoneId zone;

    /** @param zone of the buckets, for times without an offset */
    public EventTime(ZoneId zone) {
        this.zone = zone;
    }

    /** The moment; a {@link DateTimeException} if the number is none. */
    public long of(double number) {
        double millis = Math.rint(Math.abs(number) < MILLIS_FROM ? number * 1000 : number);
        if (!(millis >= EARLIEST && millis <= LATEST)) {
            throw new DateTimeException("outside the years 0001 to 9999");
        }
        return (long) millis;
    }

    /** The moment; a {@link DateTimeException} if the text is none. */
    public long of(String text) {
        return new Scan(text).moment(zone);
    }

    /** One text, read from the left. */
    private static final class Scan {
        private final String text;
        private int at;

        Scan(String text) {
            this.text = text;
        }

        long moment(ZoneId zone) {
            LocalDate date = LocalDate.of(year(), monthAfterDash(), monthAfterDash());
            if (at == text.length()) {
                return date.atStartOfDay(zone).toInstant().toEpochMilli();
            }
            expect("Tt ");
            LocalDateTime local = LocalDateTime.of(date, time());
            if (at == text.length()) {
                return local.atZone(zone).toInstant().toEpochMilli();
            }
            long millis = local.toInstant(offset()).toEpochMilli();
            if (at != text.length()) {
                throw bad();
            }
            return millis;
        }

        private int year() {
            int year = digits(4);
            if (year == 0) {
                throw bad();
            }
            return year;
        }

        private int monthAfterDash() {
            expect("-");
            return digits(2);
        }

        private LocalTime time() {
            int hour = digits(2);
            expect(":");
            int minute = digits(2);
            if (!next(':')) {
                return LocalTime.of(hour, minute);
            }
            int second = digits(2);
            return LocalTime.of(hour, minute, second, next('.') || next(',') ? nanos() : 0);
        }

        private int nanos() {
            int nanos = 0;
            int places = 0;
            while (at < text.length() && isDigit(text.charAt(at)) && places < 9) {
                nanos = nanos * 10 + text.charAt(at++) - '0';
                places++;
            }
            if (places == 0) {
                throw bad();
            }
            for (; places < 9; places++) {
                nanos *= 10;
            }
            return nanos;
        }

        private ZoneOffset offset() {
            if (next('Z') || next('z')) {
                return ZoneOffset.UTC;
            }
            int sign = next('+') ? 1 : -1;
            if (sign < 0) {
                expect("-");
            }
            int hours = digits(2);
            int minutes = next(':') || at < text.length() ? digits(2) : 0;
            return ZoneOffset.ofHoursMinutes(sign * hours, sign * minutes);
        }

        private int digits(int count) {
            int number = 0;
            for (int i = 0; i < count; i++) {
                if (at >= text.length() || !isDigit(text.charAt(at))) {
                    throw bad();
                }
                number = number * 10 + text.charAt(at++) - '0';
            }
            return number;
        }

        private void expect(String any) {
            if (at >= text.length() || any.indexOf(text.charAt(at)) < 0) {
                throw bad();
            }
            at++;
        }

        private boolean next(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private DateTimeException bad() {
            return new DateTimeException("not a time at character " + (at + 1));
        }
    }
}
