package dev.tidecast.backtest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The keys of a file, each as one String however often its bytes come by: an open hash table over the bytes. */
final class Keys {
    private byte[] @Nullable [] bytes = new byte[1024][];
    private String[] texts = new String[1024];
    private int size;

    /** The key with these bytes. */
    String of(byte[] from, int start, int end) {
        int mask = bytes.length - 1;
        int at = hash(from, start, end) & mask;
        for (byte[] known = bytes[at]; known != null; known = bytes[at]) {
            if (Arrays.equals(known, 0, known.length, from, start, end)) {
                return texts[at];
            }
            at = (at + 1) & mask;
        }
        return add(at, Arrays.copyOfRange(from, start, end));
    }

    private String add(int at, byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        bytes[at] = key;
        texts[at] = text;
        if (++size * 2 > bytes.length) {
            grow();
        }
        return text;
    }

    private void grow() {
        byte[] @Nullable [] oldBytes = bytes;
        String[] oldTexts = texts;
        bytes = new byte[oldBytes.length * 2][];
        texts = new String[oldTexts.length * 2];
        int mask = bytes.length - 1;
        for (int i = 0; i < oldBytes.length; i++) {
            byte[] key = oldBytes[i];
            if (key != null) {
                int at = hash(key, 0, key.length) & mask;
                while (bytes[at] != null) {
                    at = (at + 1) & mask;
                }
                bytes[at] = key;
                texts[at] = oldTexts[i];
            }
        }
    }

    private static int hash(byte[] from, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + from[i];
        }
        return (hash ^ hash >>> 15) * 0x2C1B3C6D >>> 8;
    }
}
