package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Late;
import dev.tidecast.pipeline.Pipeline;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The forecaster's topology:
 *
 * <pre>
 *   source topic -> events -> ingest -> observed -> [by-key, if the key is re-made] -> forecaster -> forecasts
 *                               |                                                          |-------> accuracy
 *                               '-> ingest-dead-letters      forecaster-dead-letters <-----'
 * </pre>
 *
 * No window, no join and no stream time of Kafka Streams takes part: when a bucket closes is the fold's affair.
 */
public final class ForecastTopology {
    // Small segments and an early cleaner: after a kill under exactly-once the whole changelog is read again.
    private static final Map<String, String> CHANGELOG = Map.of(
            "segment.bytes", "67108864",
            "min.cleanable.dirty.ratio", "0.3",
            "max.compaction.lag.ms", "3600000");

    private final Pipeline pipeline;
    private final Forecaster forecaster;
    private final Model model;
    private final PipelineMeters meters;
    private final InstantSource clock;

    /** @param clock asked only whether an event time is too far ahead */
    public ForecastTopology(Pipeline pipeline, PipelineMeters meters, InstantSource clock) {
        this.pipeline = pipeline;
        this.forecaster = Forecasters.of(pipeline);
        this.model = Forecasters.model(pipeline, forecaster);
        this.meters = meters;
        this.clock = clock;
    }

    /** The topology under these settings, of which the naming rules are part. */
    public Topology build(StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        int largest = StreamSettings.largestRecord(config);
        forecasts(observations(builder, largest), largest);
        Topology topology = builder.build();
        sink(topology, Names.INGEST_DEAD_LETTERS, Kind.DLQ, Names.INGEST);
        sink(topology, Names.FORECASTS, Kind.FORECASTS, Names.FORECASTER);
        sink(topology, Names.ACCURACY, Kind.ACCURACY, Names.FORECASTER);
        sink(topology, Names.FORECASTER_DEAD_LETTERS, Kind.DLQ, Names.FORECASTER);
        return topology;
    }

    private KStream<byte[], Arrival> observations(StreamsBuilder builder, int largestRecord) {
        boolean recordKey = pipeline.source().key().isRecordKey();
        if (!recordKey) {
            builder.addStateStore(store(Names.SOURCES_STORE));
        }
        KStream<byte[], Arrival> observed = builder.stream(
                        pipeline.source().topic(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new RecordTime())
                                .withName(Names.SOURCE))
                .process(
                        () -> new Ingest(pipeline, forecaster, meters, clock, largestRecord),
                        Named.as(Names.INGEST),
                        recordKey ? new String[0] : new String[] {Names.SOURCES_STORE})
                .mapValues(Arrival.class::cast, Named.as(Names.OBSERVED));
        if (recordKey) {
            return observed;
        }
        ArrivalSerde serde = new ArrivalSerde(pipeline.late().after() == Late.After.DLQ);
        return observed.repartition(Repartitioned.<byte[], Arrival>as(Names.BY_KEY)
                .withKeySerde(Serdes.ByteArray())
                .withValueSerde(serde));
    }

    private void forecasts(KStream<byte[], Arrival> observations, int largestRecord) {
        Serving serving = new Serving(pipeline, forecaster, model, meters, new Outputs(pipeline, largestRecord));
        ProcessorSupplier<byte[], Arrival, byte[], byte[]> forecasters = new ProcessorSupplier<>() {
            @Override
            public Processor<byte[], Arrival, byte[], byte[]> get() {
                return new ForecastProcessor(serving);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(store(Names.OPEN_STORE), store(Names.SERIES_STORE), store(Names.CLOCK_STORE));
            }
        };
        observations.process(forecasters, Named.as(Names.FORECASTER));
    }

    private void sink(Topology topology, String name, Kind kind, String parent) {
        topology.addSink(name, pipeline.topic(kind), new ByteArraySerializer(), new ByteArraySerializer(), parent);
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(CHANGELOG)
                .withCachingEnabled();
    }
}
