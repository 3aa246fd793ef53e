package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.fold.TreeStore;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class StreamStoreTest {
    private final KeyValueStore<String, byte[]> below = store();
    private final List<Integer> written = new ArrayList<>();
    private final StreamStore store = new StreamStore(below, written::add);

    @Test
    void itAnswersLikeAStoreInMemory() {
        SplittableRandom random = new SplittableRandom(22);
        TreeStore model = new TreeStore();
        String[] letters = {"a", "b", "/", "é", "\uFFFD", "😀"};
        for (int i = 0; i < 20_000; i++) {
            String key = letters[random.nextInt(letters.length)] + letters[random.nextInt(letters.length)];
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    store.put(key, new byte[] {(byte) i});
                    model.put(key, new byte[] {(byte) i});
                }
                case 2 -> {
                    store.delete(key);
                    model.delete(key);
                }
                case 3 -> {
                    String after = random.nextInt(9) == 0 ? null : key;
                    int limit = 1 + random.nextInt(20);
                    assertThat(store.keysAfter(after, limit)).isEqualTo(model.keysAfter(after, limit));
                }
                default -> assertThat(store.get(key)).isEqualTo(model.get(key));
            }
        }
    }

    @Test
    void itTellsTheSizeOfWhatReachesTheStore() {
        store.put("a", new byte[3]);
        store.delete("a");
        store.put("b", new byte[5]);
        assertThat(written).containsExactly(3, 5);
    }

    @Test
    void whateverAStoreThrowsConcernsTheTask() {
        StreamStore broken = new StreamStore(broken(), written::add);
        List<Runnable> calls = List.of(
                () -> broken.get("a"),
                () -> broken.put("a", new byte[1]),
                () -> broken.delete("a"),
                () -> broken.keysAfter("a", 3));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(KafkaException.class).matches(Failures::concernsTheTask);
        }
    }

    /** A store whose every method throws what no library documents. */
    @SuppressWarnings("unchecked")
    private static KeyValueStore<String, byte[]> broken() {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                StreamStoreTest.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (self, method, given) -> {
                    if (method.getName().equals("name")) {
                        return "broken";
                    }
                    throw new IllegalStateException("not today");
                });
    }

    private static KeyValueStore<String, byte[]> store() {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("s"), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<byte[], byte[]>().getStateStoreContext(), store);
        return store;
    }
}
