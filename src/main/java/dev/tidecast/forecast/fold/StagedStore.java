package dev.tidecast.forecast.fold;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store as {@link PartitionFold} sees it while it works on one observation: what is written is held back until
 * {@link #commit}, and {@link #discard} forgets it. An observation that fails therefore leaves nothing behind.
 */
final class StagedStore implements Store {
    /** How many keys are read at once for a sweep. */
    private static final int READ_AHEAD = 1024;

    private final Store store;
    private final Map<String, Optional<byte[]>> staged = new LinkedHashMap<>();
    private final ReadAhead ahead;

    StagedStore(Store store) {
        this(store, READ_AHEAD);
    }

    StagedStore(Store store, int readAhead) {
        this.store = store;
        this.ahead = new ReadAhead(this::merged, readAhead);
    }

    @Override
    public byte @Nullable [] get(String key) {
        Optional<byte[]> value = staged.get(key);
        return value == null ? store.get(key) : value.orElse(null);
    }

    @Override
    public void put(String key, byte[] value) {
        staged.put(key, Optional.of(value));
        ahead.add(key);
    }

    @Override
    public void delete(String key) {
        staged.put(key, Optional.empty());
        ahead.remove(key);
    }

    @Override
    public List<String> keysAfter(@Nullable String after, int limit) {
        return ahead.keysAfter(after, limit);
    }

    /** The keys of the store below, and those that are staged. */
    private List<String> merged(@Nullable String after, int limit) {
        if (staged.isEmpty()) {
            return store.keysAfter(after, limit);
        }
        List<String> keys = new ArrayList<>(limit + staged.size());
        staged.forEach((key, value) -> {
            if (value.isPresent() && (after == null || TreeStore.UTF8_ORDER.compare(key, after) > 0)) {
                keys.add(key);
            }
        });
        // Of the keys below, as many may have been deleted or written again as are staged.
        for (String key : store.keysAfter(after, limit + staged.size())) {
            if (!staged.containsKey(key)) {
                keys.add(key);
            }
        }
        keys.sort(TreeStore.UTF8_ORDER);
        return keys.size() > limit ? new ArrayList<>(keys.subList(0, limit)) : keys;
    }

    void commit() {
        staged.forEach((key, value) -> value.ifPresentOrElse(bytes -> store.put(key, bytes), () -> store.delete(key)));
        staged.clear();
    }

    void discard() {
        staged.clear();
        ahead.forget();
    }
}
