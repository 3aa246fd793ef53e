package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A state store of Kafka Streams as the fold sees it. A failure of a store concerns the whole task and not one event, so it
 * is thrown on as a {@link KafkaException}, which stops the thread. {@link ForecastProcessor} makes three for each task.
 */
final class StreamStore implements Store {
    private final KeyValueStore<String, byte[]> store;
    private final IntConsumer written;

    /** @param written told the size of every value that reaches the store */
    StreamStore(KeyValueStore<String, byte[]> store, IntConsumer written) {
        this.store = store;
        this.written = written;
    }

    @Override
    public byte @Nullable [] get(String key) {
        try {
            return store.get(key);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public void put(String key, byte[] value) {
        try {
            store.put(key, value);
        } catch (RuntimeException e) {
            throw failed(e);
        }
        written.accept(value.length);
    }

    @Override
    public void delete(String key) {
        try {
            store.delete(key);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public List<String> keysAfter(@Nullable String after, int limit) {
        List<String> keys = new ArrayList<>(limit);
        try (KeyValueIterator<String, byte[]> range = store.range(after, null)) {
            while (keys.size() < limit && range.hasNext()) {
                String key = range.next().key;
                if (!key.equals(after)) {
                    keys.add(key);
                }
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
        return keys;
    }

    private KafkaException failed(RuntimeException e) {
        return e instanceof KafkaException kafka
                ? kafka
                : new ProcessorStateException("store " + store.name() + " failed: " + e, e);
    }
}
