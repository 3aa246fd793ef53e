package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.Frame;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of a partition whose due buckets could not be closed, with the number of attempts. A sweep tries such a key
 * at {@link #MOST_ATTEMPTS} boundaries and then skips it until it has an event of its own. Kept in the clock store, so
 * that a restart changes nothing:
 *
 * <pre>
 *   key    "failed:" and the key of the series
 *   value  u8 attempts, inside a {@link Frame}
 * </pre>
 */
final class FailedKeys {
    static final int MOST_ATTEMPTS = 3;
    private static final String PREFIX = "failed:";
    private static final int PAGE = 64;

    private final Store store;
    private final int fingerprint;
    private final Map<String, Integer> attempts = new HashMap<>();

    /** Reads what the store holds. */
    FailedKeys(Store store, int fingerprint) {
        this.store = store;
        this.fingerprint = fingerprint;
        String after = PREFIX;
        for (boolean more = true; more; ) {
            List<String> page = store.keysAfter(after, PAGE);
            for (String name : page) {
                if (name.startsWith(PREFIX)) {
                    attempts.put(name.substring(PREFIX.length()), read(store.get(name)));
                }
                after = name;
            }
            more = page.size() == PAGE && after.startsWith(PREFIX);
        }
    }

    private int read(byte @org.jspecify.annotations.Nullable [] bytes) {
        try {
            return bytes == null
                    ? 0
                    : Frame.body(bytes, Frame.FAILED, fingerprint).get();
        } catch (CorruptStateException e) {
            // The count is lost, not the key: it is tried again from the first attempt on.
            return 0;
        }
    }

    /** Whether a sweep leaves this key alone. */
    boolean isGivenUp(String key) {
        return attempts.getOrDefault(key, 0) >= MOST_ATTEMPTS;
    }

    /** One more attempt has failed; gives their number. */
    int add(String key) {
        int now = attempts.merge(key, 1, Integer::sum);
        ByteBuffer bytes = Frame.begin(Frame.FAILED, fingerprint, 1);
        store.put(PREFIX + key, Frame.end(bytes.put((byte) now)));
        return now;
    }

    /** The key is well again. */
    void remove(String key) {
        if (attempts.remove(key) != null) {
            store.delete(PREFIX + key);
        }
    }
}
