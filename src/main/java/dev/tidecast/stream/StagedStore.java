package dev.tidecast.stream;

import dev.tidecast.forecast.PartitionFold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A state store as the fold sees it while it works on one event: what it writes is held back until {@link #commit}, and
 * {@link #discard} makes it never have happened. An event the fold fails on thus leaves nothing behind but its dead
 * letter.
 */
final class StagedStore implements PartitionFold.Store {
    private final KeyValueStore<String, byte[]> store;
    private final IntConsumer written;
    private final Map<String, Optional<byte[]>> staged = new LinkedHashMap<>();

    /** @param written told the size of every value that reaches the store */
    StagedStore(KeyValueStore<String, byte[]> store, IntConsumer written) {
        this.store = store;
        this.written = written;
    }

    @Override
    public byte @Nullable [] get(String key) {
        Optional<byte[]> value = staged.get(key);
        return value == null ? store.get(key) : value.orElse(null);
    }

    @Override
    public void put(String key, byte[] value) {
        staged.put(key, Optional.of(value));
    }

    @Override
    public void delete(String key) {
        staged.put(key, Optional.empty());
    }

    @Override
    public List<String> keysAfter(@Nullable String after, int limit) {
        List<String> keys = new ArrayList<>();
        staged.forEach((key, value) -> {
            if (value.isPresent() && (after == null || Utf8Order.ORDER.compare(key, after) > 0)) {
                keys.add(key);
            }
        });
        int most = keys.size() + limit;
        try (KeyValueIterator<String, byte[]> range = store.range(after, null)) {
            while (keys.size() < most && range.hasNext()) {
                String key = range.next().key;
                if (!key.equals(after) && !staged.containsKey(key)) {
                    keys.add(key);
                }
            }
        }
        keys.sort(Utf8Order.ORDER);
        return keys.size() > limit ? new ArrayList<>(keys.subList(0, limit)) : keys;
    }

    void commit() {
        staged.forEach((key, value) -> {
            store.put(key, value.orElse(null));
            value.ifPresent(bytes -> written.accept(bytes.length));
        });
        staged.clear();
    }

    void discard() {
        staged.clear();
    }
}
