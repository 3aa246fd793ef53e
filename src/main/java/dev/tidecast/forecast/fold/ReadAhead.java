package dev.tidecast.forecast.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store that follow a place, read in larger steps than they are asked for: a store of Kafka Streams pays for
 * each start of a range with a copy of all cached keys in it. {@link StagedStore} tells what it writes, so the keys are
 * always those of the store, and they can be forgotten at any time.
 */
final class ReadAhead {
    private final Reader reader;
    private final int step;
    private final NavigableSet<String> keys = new TreeSet<>(TreeStore.UTF8_ORDER);
    /** All keys greater than `from` and up to `to` are in `keys`; null is before the first and beyond the last key. */
    private @Nullable String from;

    private @Nullable String to;
    private boolean reads;

    /** Reads up to so many keys greater than `after`, ascending; fewer only where there are no more. */
    @FunctionalInterface
    interface Reader {
        List<String> keysAfter(@Nullable String after, int limit);
    }

    /** @param step how many keys are read at once */
    ReadAhead(Reader reader, int step) {
        this.reader = reader;
        this.step = step;
    }

    List<String> keysAfter(@Nullable String after, int limit) {
        if (!reads || !isAtLeast(after, from) || to != null && isAtLeast(after, to)) {
            forget();
            from = after;
            reads = true;
            readOn(after);
        }
        drop(after);
        while (to != null && keys.size() < limit) {
            readOn(to);
        }
        List<String> next = new ArrayList<>(limit);
        for (String key : keys) {
            if (next.size() == limit) {
                break;
            }
            next.add(key);
        }
        return next;
    }

    private void readOn(@Nullable String after) {
        List<String> more = reader.keysAfter(after, step);
        keys.addAll(more);
        to = more.size() < step ? null : more.get(more.size() - 1);
    }

    private void drop(@Nullable String after) {
        if (after != null) {
            keys.headSet(after, true).clear();
            from = after;
        }
    }

    /** The store has this key now. */
    void add(String key) {
        if (reads && (from == null || !isAtLeast(from, key)) && (to == null || isAtLeast(to, key))) {
            keys.add(key);
        }
    }

    /** The store has this key no more. */
    void remove(String key) {
        keys.remove(key);
    }

    /** What has been read may not be true any more. */
    void forget() {
        keys.clear();
        reads = false;
        from = null;
        to = null;
    }

    /** Whether a place is at or behind another; null is before the first key. */
    private static boolean isAtLeast(@Nullable String place, @Nullable String other) {
        return other == null || place != null && TreeStore.UTF8_ORDER.compare(place, other) >= 0;
    }
}
