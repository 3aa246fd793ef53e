package dev.tidecast.stream;

import java.util.Comparator;

/** The order of texts by their bytes in UTF-8, unsigned: that of the stores. Differs from String's beyond U+FFFF. */
final class Utf8Order implements Comparator<String> {
    static final Utf8Order ORDER = new Utf8Order();

    private Utf8Order() {}

    @Override
    public int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Integer.compare(rank(x), rank(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    // Surrogates spell characters above U+FFFF and sort after every other char.
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
