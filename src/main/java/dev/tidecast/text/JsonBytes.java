package dev.tidecast.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON straight into bytes, the same bytes on every JDK. Numbers are written with six significant digits and without an
 * exponent from 10^-6 to 10^15 (whole parts keep all their digits):
 *
 * <pre>
 *   9.6   0.0412   1234.57   1234568   1.23457e-9
 * </pre>
 *
 * Numbers that are none become null. Instants are ISO 8601 in UTC, with milliseconds where there are any.
 */
public final class JsonBytes {
    private static final int DIGITS = 6;
    private static final double[] TEN = new double[23];
    private static final long DAY_MILLIS = 86_400_000L;
    private static final double WHOLE_FROM = 1e6;
    private static final double MOST = 1e15;
    private static final double LEAST = 1e-6;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    static {
        TEN[0] = 1;
        for (int i = 1; i < TEN.length; i++) {
            TEN[i] = TEN[i - 1] * 10;
        }
    }

    private byte[] bytes = new byte[4096];
    private int size;

    public JsonBytes clear() {
        size = 0;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Plain ASCII as it is: punctuation and names that need no escape. */
    public JsonBytes raw(String ascii) {
        int length = ascii.length();
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) ascii.charAt(i);
        }
        size += length;
        return this;
    }

    public JsonBytes raw(byte[] ascii) {
        room(ascii.length);
        System.arraycopy(ascii, 0, bytes, size, ascii.length);
        size += ascii.length;
        return this;
    }

    /** A quoted string in UTF-8; what is no text (a lone surrogate) becomes U+FFFD. */
    public JsonBytes text(String text) {
        room(6 * text.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                bytes[size++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else {
                int point = text.codePointAt(i);
                i += Character.charCount(point) - 1;
                utf8(Character.isSurrogate((char) point) && point < 0x10000 ? 0xFFFD : point);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    public JsonBytes number(long value) {
        room(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return raw("-9223372036854775808");
            }
            bytes[size++] = '-';
        }
        digits(Math.abs(value));
        return this;
    }

    public JsonBytes number(double value) {
        double size = Math.abs(value);
        if (!(size <= Double.MAX_VALUE)) {
            return raw("null");
        }
        room(32);
        if (value < 0) {
            bytes[this.size++] = '-';
        }
        if (size >= MOST || size < LEAST && size > 0) {
            exponential(size);
        } else if (size >= WHOLE_FROM || size == Math.rint(size)) {
            digits((long) Math.rint(size));
        } else {
            decimals(size);
        }
        return this;
    }

    public JsonBytes instant(long epochMillis) {
        return raw("\"").moment(epochMillis).raw("\"");
    }

    /** An instant without quotes. */
    public JsonBytes moment(long epochMillis) {
        long day = Math.floorDiv(epochMillis, DAY_MILLIS);
        int inDay = (int) Math.floorMod(epochMillis, DAY_MILLIS);
        room(40);
        date(day);
        bytes[size++] = 'T';
        two(inDay / 3_600_000, ':');
        two(inDay / 60_000 % 60, ':');
        two(inDay / 1000 % 60, inDay % 1000 == 0 ? 'Z' : '.');
        if (inDay % 1000 != 0) {
            bytes[size++] = (byte) ('0' + inDay % 1000 / 100);
            two(inDay % 100, 'Z');
        }
        return this;
    }

    /** The civil date of a day number: eras of 400 years that begin on 1 March, so that leap days come last. */
    private void date(long day) {
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        int dayOfEra = (int) (shifted - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
        year(year);
        two(month, '-');
        bytes[size++] = (byte) ('0' + (dayOfYear - (153 * march + 2) / 5 + 1) / 10);
        bytes[size++] = (byte) ('0' + (dayOfYear - (153 * march + 2) / 5 + 1) % 10);
    }

    private void year(long year) {
        long positive = Math.abs(year);
        if (year < 0 || year > 9999) {
            bytes[size++] = (byte) (year < 0 ? '-' : '+');
        }
        for (int ten = 1000; ten > positive && ten > 1; ten /= 10) {
            bytes[size++] = '0';
        }
        digits(positive);
        bytes[size++] = '-';
    }

    private void two(int value, char then) {
        bytes[size++] = (byte) ('0' + value / 10);
        bytes[size++] = (byte) ('0' + value % 10);
        bytes[size++] = (byte) then;
    }

    /** 10^-6 to 10^6, not whole: as many decimals as make six significant digits, none of them a trailing zero. */
    private void decimals(double value) {
        int decimals = DIGITS - 1;
        while (decimals > 0 && value >= TEN[DIGITS - decimals]) {
            decimals--;
        }
        while (value * TEN[decimals] < TEN[DIGITS - 1]) {
            decimals++;
        }
        int scaled = (int) Math.rint(value * TEN[decimals]); // at most 10^6
        while (decimals > 0 && scaled % 10 == 0) {
            scaled /= 10;
            decimals--;
        }
        int whole = (int) (scaled / TEN[decimals]);
        digits(whole);
        if (decimals > 0) {
            bytes[size++] = '.';
            fraction(scaled - whole * (int) TEN[Math.min(decimals, DIGITS + 1)], decimals);
        }
    }

    private void fraction(int value, int width) {
        int rest = value;
        for (int i = size + width - 1; i >= size; i--) {
            int tenth = rest / 10;
            bytes[i] = (byte) ('0' + rest - tenth * 10);
            rest = tenth;
        }
        size += width;
    }

    private void exponential(double value) {
        int exponent = 0;
        double mantissa = value;
        for (; mantissa >= 10; exponent++) {
            mantissa /= 10;
        }
        for (; mantissa < 1; exponent--) {
            mantissa *= 10;
        }
        if (Math.rint(mantissa * TEN[DIGITS - 1]) >= TEN[DIGITS]) {
            mantissa /= 10;
            exponent++;
        }
        if (mantissa == Math.rint(mantissa)) {
            digits((long) mantissa);
        } else {
            decimals(mantissa);
        }
        bytes[size++] = 'e';
        number((long) exponent);
    }

    private void digits(long value) {
        if (value < 10) {
            bytes[size++] = (byte) ('0' + value);
        } else if (value < 1_000_000_000) {
            fraction((int) value, width((int) value));
        } else {
            digits(value / 1_000_000_000);
            fraction((int) (value % 1_000_000_000), 9);
        }
    }

    private static int width(int value) {
        int width = 1;
        for (int ten = 10; width < 9 && value >= ten; ten *= 10) {
            width++;
        }
        return width;
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
    }

    private void utf8(int point) {
        if (point < 0x800) {
            bytes[size++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                bytes[size++] = (byte) (0xE0 | point >> 12);
            } else {
                bytes[size++] = (byte) (0xF0 | point >> 18);
                bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            }
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        bytes[size++] = (byte) (0x80 | point & 0x3F);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
