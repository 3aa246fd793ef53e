package dev.tidecast.forecast.fold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key-value store in key order (unsigned UTF-8 bytes). What is put is never written to again. */
public interface Store {
    byte @Nullable [] get(String key);

    void put(String key, byte[] value);

    void delete(String key);

    /** Up to limit keys greater than `after` (from the first when null), ascending. */
    List<String> keysAfter(@Nullable String after, int limit);
}
