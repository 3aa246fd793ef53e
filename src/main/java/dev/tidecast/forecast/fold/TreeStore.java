package dev.tidecast.forecast.fold;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A store in memory, for embedded folds, the oracle, backtests and tests. Values are handed out as they were put in: do not write to them. */
public final class TreeStore implements Store {
    /** The order of unsigned UTF-8 bytes is that of code points; UTF-16 differs from it above U+D800. */
    static final Comparator<String> UTF8_ORDER = TreeStore::compareCodePoints;

    private final TreeMap<String, byte[]> map = new TreeMap<>(UTF8_ORDER);

    @Override
    public byte @Nullable [] get(String key) {
        return map.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void delete(String key) {
        map.remove(key);
    }

    @Override
    public List<String> keysAfter(@Nullable String after, int limit) {
        SortedMap<String, byte[]> rest = after == null ? map : map.tailMap(after, false);
        List<String> keys = new ArrayList<>(Math.min(limit, 64));
        for (String key : rest.keySet()) {
            if (keys.size() == limit) {
                break;
            }
            keys.add(key);
        }
        return keys;
    }

    /** Every key and its value, in the order of the keys. */
    void forEach(BiConsumer<String, byte[]> each) {
        map.forEach(each);
    }

    public int size() {
        return map.size();
    }

    private static int compareCodePoints(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xPair = Character.isSurrogate(x);
                return xPair == Character.isSurrogate(y) ? Character.compare(x, y) : xPair ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
