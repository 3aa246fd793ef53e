package dev.tidecast.stream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 as RFC 3629 defines it: no overlong form, no surrogate, nothing above U+10FFFF, nothing cut
 * off. {@link JsonFields} asks before it parses a document, because the parser replaces some of what is wrong.
 */
final class Utf8Text {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Text() {}

    /** Where the first character begins that is none, from 0; -1: all are. */
    static int firstWrong(byte[] bytes) {
        int at = plainUntil(bytes, 0);
        while (at < bytes.length) {
            int length = bytes[at] >= 0 ? 1 : length(bytes, at);
            if (length == 0) {
                return at;
            }
            at = plainUntil(bytes, at + length);
        }
        return -1;
    }

    /** Passes over ASCII, eight bytes at a time: nearly all of most documents. */
    private static int plainUntil(byte[] bytes, int from) {
        int at = from;
        while (at <= bytes.length - Long.BYTES && ((long) EIGHT.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        return at;
    }

    /** How many bytes the character has that begins with a byte of 0x80 or more; 0: it is none. */
    private static int length(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (at + length > bytes.length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        if (second < leastSecond(first) || second > mostSecond(first)) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Below it the form is longer than the character needs. */
    private static int leastSecond(int first) {
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    }

    /** Above it lie the surrogates, and what is above U+10FFFF. */
    private static int mostSecond(int first) {
        return first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    }
}
