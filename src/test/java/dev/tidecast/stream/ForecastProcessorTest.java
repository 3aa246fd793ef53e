package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForecastProcessorTest {
    private static final long START = 1_774_569_600_000L;

    private final Pipeline pipeline = Pipelines.recordKey();
    private final Meters meters = new Meters();
    private final List<String> sent = new ArrayList<>();
    private int storeCalls;
    private int failAt = Integer.MAX_VALUE;

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void aTaskThatGoesOnFromItsStoresSaysTheSame() {
        Map<String, KeyValueStore<String, byte[]>> once = stores();
        run(new Task(once), 0, 900);
        List<String> whole = List.copyOf(sent);
        sent.clear();
        Map<String, KeyValueStore<String, byte[]>> kept = stores();
        for (int from = 0; from < 900; from += 45) {
            run(new Task(kept), from, from + 45);
        }
        assertThat(sent).isEqualTo(whole).hasSizeGreaterThan(500);
        assertThat(contents(kept)).isEqualTo(contents(once));
    }

    @Test
    void anEventThatFailsMidwayLeavesNothingBehind() {
        Map<String, KeyValueStore<String, byte[]>> clean = stores();
        run(new Task(clean), 0, 300);
        List<String> whole = List.copyOf(sent);
        int calls = storeCalls;
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 40; round++) {
            sent.clear();
            storeCalls = 0;
            Map<String, KeyValueStore<String, byte[]>> shaken = stores();
            Task task = new Task(shaken);
            failAt = 1 + random.nextInt(calls - 1);
            for (int i = 0; i < 300; i++) {
                String before = contents(shaken);
                int writes = sent.size();
                try {
                    task.send(i);
                } catch (StreamsException broken) {
                    assertThat(broken).hasRootCauseInstanceOf(Broken.class);
                    assertThat(contents(shaken)).isEqualTo(before);
                    assertThat(sent).hasSize(writes);
                    failAt = Integer.MAX_VALUE;
                    task.send(i);
                }
            }
            assertThat(sent).isEqualTo(whole);
            assertThat(contents(shaken)).isEqualTo(contents(clean));
        }
    }

    @Test
    void aRevivedTaskSendsNothingOfAnAbortedAttempt() {
        Map<String, KeyValueStore<String, byte[]>> clean = stores();
        run(new Task(clean), 0, 300);
        List<String> whole = List.copyOf(sent);
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 40; round++) {
            sent.clear();
            Map<String, KeyValueStore<String, byte[]>> kept = stores();
            Task task = new Task(kept);
            task.context.failure = new TaskCorruptedException(Set.of());
            task.context.failAt = 1 + random.nextInt(whole.size());
            for (int i = 0; i < 300; i++) {
                Map<String, KeyValueStore<String, byte[]>> before = copy(kept);
                try {
                    task.send(i);
                } catch (TaskCorruptedException aborted) {
                    // The transaction is gone with all it had sent, and the stores are restored to where it began.
                    task.context.resetForwards();
                    kept = before;
                    task.revive(kept);
                    task.send(i);
                }
            }
            assertThat(sent).isEqualTo(whole);
            assertThat(contents(kept)).isEqualTo(contents(clean));
        }
    }

    @Test
    void aFailureWhileSendingStopsTheTaskAndIsNeverTakenForTheEvents() {
        Task task = new Task(stores());
        task.context.failAt = 3;
        assertThatThrownBy(() -> run(task, 0, 300))
                .isInstanceOf(StreamsException.class)
                .hasRootCauseInstanceOf(Broken.class)
                .matches(Failures::concernsTheTask);
    }

    @Test
    void aStoreThatFailsStopsTheTask() {
        Task task = new Task(stores());
        failAt = 40;
        assertThatThrownBy(() -> run(task, 0, 300)).matches(Failures::concernsTheTask);
    }

    /** Stores like these that share nothing with them. */
    private Map<String, KeyValueStore<String, byte[]>> copy(Map<String, KeyValueStore<String, byte[]>> from) {
        Map<String, KeyValueStore<String, byte[]>> copies = stores();
        from.forEach((name, store) -> {
            KeyValueStore<String, byte[]> copy = Objects.requireNonNull(copies.get(name));
            try (var all = store.all()) {
                all.forEachRemaining(e -> copy.put(e.key, e.value));
            }
        });
        return copies;
    }

    private void run(Task task, int from, int to) {
        for (int i = from; i < to; i++) {
            task.send(i);
        }
    }

    /** A context whose forward fails once, when it is told to. */
    private static final class Sink<K, V> extends MockProcessorContext<K, V> {
        private int forwards;
        private int failAt = Integer.MAX_VALUE;
        private RuntimeException failure = new Broken();

        @Override
        public <A extends K, B extends V> void forward(Record<A, B> record, String child) {
            if (++forwards == failAt) {
                throw failure;
            }
            super.forward(record, child);
        }
    }

    /** One life of the operator on stores that may have seen others. */
    private final class Task {
        private final Sink<byte[], byte[]> context = new Sink<>();
        private final ForecastProcessor processor = new ForecastProcessor(new Serving(
                pipeline,
                Forecasters.of(pipeline),
                Forecasters.of(pipeline).firstModel(),
                meters.pipeline(pipeline.name()),
                new Outputs(pipeline, 1_048_576)));

        Task(Map<String, KeyValueStore<String, byte[]>> stores) {
            stores.values().forEach(store -> context.addStateStore(fragile(store)));
            processor.init(context);
        }

        /** What Kafka Streams does after an error it can mend: the same object, closed and begun again on these stores. */
        void revive(Map<String, KeyValueStore<String, byte[]>> stores) {
            processor.close();
            stores.values().forEach(store -> context.addStateStore(fragile(store)));
            processor.init(context);
        }

        void send(int i) {
            Observation o = observation(i);
            byte[] key = Rig.utf8(o.key());
            processor.process(
                    new Record<>(key, new Arrival(o, key, key), o.source().timestamp()));
            context.forwarded()
                    .forEach(f -> sent.add(f.childName() + " "
                            + new String(f.record().key()) + " "
                            + new String(f.record().value()) + " " + f.record().timestamp()));
            context.resetForwards();
        }
    }

    private static Observation observation(int i) {
        SplittableRandom random = new SplittableRandom(i);
        long time = START + i * 400_000L - random.nextLong(2_000_000);
        long sourceTime = START + i * 400_000L;
        return new Observation(
                "m" + random.nextInt(150), time, random.nextInt(40), sourceTime, new Source("readings", 0, i, i));
    }

    private Map<String, KeyValueStore<String, byte[]>> stores() {
        Map<String, KeyValueStore<String, byte[]>> stores = new LinkedHashMap<>();
        for (String name : List.of(Names.OPEN_STORE, Names.SERIES_STORE, Names.CLOCK_STORE)) {
            KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(new MockProcessorContext<byte[], byte[]>().getStateStoreContext(), store);
            stores.put(name, store);
        }
        return stores;
    }

    private static String contents(Map<String, KeyValueStore<String, byte[]>> stores) {
        StringBuilder text = new StringBuilder();
        stores.forEach((name, store) -> {
            try (var all = store.all()) {
                all.forEachRemaining(e -> text.append(name)
                        .append(' ')
                        .append(e.key)
                        .append('=')
                        .append(java.util.HexFormat.of().formatHex(e.value))
                        .append('\n'));
            }
        });
        return text.toString();
    }

    /** What a store throws when it is told to. */
    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    // Only reads and writes of values are counted: a scan of the contents by the test itself must not be one of them.
    @SuppressWarnings("unchecked")
    private KeyValueStore<String, byte[]> fragile(KeyValueStore<String, byte[]> store) {
        return (KeyValueStore<String, byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, (self, method, arguments) -> {
                    if (method.getName().equals("get") && ++storeCalls == failAt) {
                        throw new Broken();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
