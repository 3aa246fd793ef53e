package dev.tidecast.stream;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What the forecaster would be if it knew nothing: per event it gets and puts {@code open}, gets {@code series} and sends
 * a forecast; after every {@link Load#PER_BUCKET} events of a key it puts {@code series} and sends a forecast and an
 * accuracy record. Every byte it writes was written by the forecaster before; nothing is parsed and nothing computed.
 */
final class BareTopology {
    private static final String NAME = "read-modify-write";
    private static final Map<String, String> CHANGELOG = Map.of(
            "segment.bytes", "67108864",
            "min.cleanable.dirty.ratio", "0.3",
            "max.compaction.lag.ms", "3600000");

    private BareTopology() {}

    static Topology build(Pipeline pipeline, StreamsConfig config, Shape shape) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        builder.stream(
                        pipeline.source().topic(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new RecordTime())
                                .withName(Names.SOURCE))
                .process(new Supplier(shape), Named.as(NAME));
        Topology topology = builder.build();
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
            topology.addSink(
                    kind.word(), pipeline.topic(kind), new ByteArraySerializer(), new ByteArraySerializer(), NAME);
        }
        return topology;
    }

    private record Supplier(Shape shape) implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {
        @Override
        public Processor<byte[], byte[], byte[], byte[]> get() {
            return new ReadModifyWrite(shape);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(store(Names.OPEN_STORE), store(Names.SERIES_STORE));
        }

        private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
            return Stores.keyValueStoreBuilder(
                            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                    .withLoggingEnabled(CHANGELOG)
                    .withCachingEnabled();
        }
    }

    private static final class ReadModifyWrite implements Processor<byte[], byte[], byte[], byte[]> {
        private final Shape shape;
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private @Nullable KeyValueStore<String, byte[]> open;
        private @Nullable KeyValueStore<String, byte[]> series;
        private int next;

        private ReadModifyWrite(Shape shape) {
            this.shape = shape;
        }

        @Override
        public void init(ProcessorContext<byte[], byte[]> taskContext) {
            context = taskContext;
            open = taskContext.getStateStore(Names.OPEN_STORE);
            series = taskContext.getStateStore(Names.SERIES_STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            KeyValueStore<String, byte[]> opens = Objects.requireNonNull(open);
            KeyValueStore<String, byte[]> closed = Objects.requireNonNull(series);
            next = (next + 1) & Integer.MAX_VALUE;
            String key = new String(record.key(), StandardCharsets.UTF_8);
            byte[] before = opens.get(key);
            int events = before == null ? 0 : ByteBuffer.wrap(before).getInt();
            byte[] state = closed.get(key);
            if (events > 0 && events % Load.PER_BUCKET == 0) {
                closed.put(key, pick(Shape.Kind.SERIES));
                send(record, Kind.FORECASTS, pick(Shape.Kind.CLOSE));
                // The forecaster has nothing to score at the first close.
                if (state != null) {
                    send(record, Kind.ACCURACY, pick(Shape.Kind.ACCURACY));
                }
            }
            byte[] after = pick(Shape.Kind.OPEN).clone();
            ByteBuffer.wrap(after).putInt(events + 1);
            opens.put(key, after);
            send(record, Kind.FORECASTS, pick(Shape.Kind.PARTIAL));
        }

        private byte[] pick(Shape.Kind kind) {
            List<byte[]> records = shape.of(kind);
            return records.get(next % records.size());
        }

        private void send(Record<byte[], byte[]> record, Kind kind, byte[] value) {
            Objects.requireNonNull(context).forward(new Record<>(record.key(), value, record.timestamp()), kind.word());
        }
    }
}
