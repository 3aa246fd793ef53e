package dev.tidecast.backtest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers and moments straight from the bytes of a field, without a String on the way. */
public final class Field {
    /** What {@link #moment} answers for bytes that are none. */
    static final long NO_MOMENT = Long.MIN_VALUE;

    private static final long MOST_EXACT = 1L << 53;
    private static final int MOST_POWER = 22;
    private static final double[] TEN = new double[MOST_POWER + 1];
    private static final int DATE = 10;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_DECIMALS = 9;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    static {
        TEN[0] = 1;
        for (int i = 1; i < TEN.length; i++) {
            TEN[i] = TEN[i - 1] * 10;
        }
    }

    private Field() {}

    /**
     * A decimal number; NaN for anything else. Up to 15 digits with a small exponent are exact in one multiplication or
     * division by a power of ten; the rest goes the long way.
     */
    public static double number(byte[] b, int start, int end) {
        boolean minus = start < end && b[start] == '-';
        int i = minus || start < end && b[start] == '+' ? start + 1 : start;
        long digits = 0;
        int seen = 0;
        int decimals = 0;
        boolean point = false;
        for (; i < end; i++) {
            int d = b[i] - '0';
            if (d >= 0 && d <= 9) {
                if (digits >= MOST_EXACT / 10) {
                    return slow(b, start, end);
                }
                digits = digits * 10 + d;
                seen++;
                decimals += point ? 1 : 0;
            } else if (b[i] == '.' && !point) {
                point = true;
            } else {
                return seen > 0 && (b[i] | 0x20) == 'e' ? slow(b, start, end) : Double.NaN;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        if (decimals > MOST_POWER) {
            return slow(b, start, end);
        }
        double size = digits / TEN[decimals];
        return minus ? -size : size;
    }

    private static double slow(byte[] b, int start, int end) {
        if (end - start > LONGEST_NUMBER) {
            return Double.NaN;
        }
        for (int i = start; i < end; i++) {
            // Java reads "1d" and "0x1p3" too; a file does not mean them.
            boolean plain = b[i] >= '0' && b[i] <= '9' || "+-.eE".indexOf(b[i]) >= 0;
            if (!plain) {
                return Double.NaN;
            }
        }
        try {
            double number = Double.parseDouble(new String(b, start, end - start, StandardCharsets.US_ASCII));
            return Double.isInfinite(number) ? Double.NaN : number;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * The usual forms in UTC, 2026-11-21T08:30Z, ...T08:30:00Z, ...T08:30:00.123Z, as epoch ms; a blank may stand for the T.
     * {@link #NO_MOMENT} for anything else, which may still be a moment of another form.
     */
    static long moment(byte[] b, int start, int end) {
        if (end - start <= DATE || b[start + 4] != '-' || b[start + 7] != '-') {
            return NO_MOMENT;
        }
        long day = day(pair(b, start) * 100L + pair(b, start + 2), pair(b, start + 5), pair(b, start + 8));
        long inDay = inDay(b, start + DATE, end);
        return day == NO_MOMENT || inDay < 0 ? NO_MOMENT : day * 86_400_000L + inDay;
    }

    private static long inDay(byte[] b, int start, int end) {
        boolean shape =
                end - start >= 7 && (b[start] == 'T' || b[start] == ' ') && b[start + 3] == ':' && b[end - 1] == 'Z';
        int hour = shape ? pair(b, start + 1) : -1;
        int minute = shape ? pair(b, start + 4) : -1;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return -1;
        }
        long time = (hour * 60L + minute) * 60_000;
        int at = start + 6;
        if (at == end - 1) {
            return time;
        }
        int second = b[at] == ':' && end - at >= 4 ? pair(b, at + 1) : -1;
        if (second < 0 || second > 59) {
            return -1;
        }
        long fraction = fraction(b, at + 3, end - 1);
        return fraction < 0 ? -1 : time + second * 1000L + fraction;
    }

    /** ".123" as milliseconds, 0 when there is nothing; -1 when it is no fraction. */
    private static long fraction(byte[] b, int start, int end) {
        if (start == end) {
            return 0;
        }
        if (b[start] != '.' || end - start < 2 || end - start > MOST_DECIMALS + 1) {
            return -1;
        }
        long millis = 0;
        int unit = 100;
        for (int i = start + 1; i < end; i++, unit /= 10) {
            int d = b[i] - '0';
            if (d < 0 || d > 9) {
                return -1;
            }
            millis += (long) d * unit;
        }
        return millis;
    }

    private static int pair(byte[] b, int at) {
        int ten = b[at] - '0';
        int one = b[at + 1] - '0';
        return ten < 0 || ten > 9 || one < 0 || one > 9 ? Integer.MIN_VALUE : ten * 10 + one;
    }

    /** The day number of a civil date, counted in eras of 400 years that begin on 1 March. */
    private static long day(long year, int month, int dayOfMonth) {
        if (year < 1 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > length(year, month)) {
            return NO_MOMENT;
        }
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + dayOfMonth - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static int length(long year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /** A field as it would be shown in a message: cut when long, null when empty. */
    static @Nullable String shown(byte[] b, int start, int end) {
        if (start == end) {
            return null;
        }
        String text = new String(b, start, Math.min(end, start + 40) - start, StandardCharsets.UTF_8);
        return end - start > 40 ? text + "..." : text;
    }
}
