package dev.tidecast.stream;

/** A number written as a text, in the form of a JSON number: {@code 3}, {@code 3.5}, {@code -2e3}; nothing else. */
final class NumberText {
    /** The longest text that is tried. */
    private static final int LONGEST = 400;

    private NumberText() {}

    /** The number, infinite if it is larger than any double; NaN if the text is none. */
    static double of(String text) {
        return text.length() <= LONGEST && isNumber(text) ? Double.parseDouble(text) : Double.NaN;
    }

    private static boolean isNumber(String text) {
        int at = text.startsWith("-") ? 1 : 0;
        int end = digits(text, at);
        if (end == at || text.charAt(at) == '0' && end > at + 1) {
            return false;
        }
        if (is(text, end, '.')) {
            at = end + 1;
            end = digits(text, at);
            if (end == at) {
                return false;
            }
        }
        return end == text.length() || isExponent(text, end);
    }

    private static boolean isExponent(String text, int from) {
        if (!is(text, from, 'e') && !is(text, from, 'E')) {
            return false;
        }
        int at = is(text, from + 1, '+') || is(text, from + 1, '-') ? from + 2 : from + 1;
        return at < text.length() && digits(text, at) == text.length();
    }

    private static boolean is(String text, int at, char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    /** Where the digits from here on end. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
