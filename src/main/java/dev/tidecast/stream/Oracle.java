package dev.tidecast.stream;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.answer.ScoreJson;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.PartitionFold;
import dev.tidecast.forecast.fold.Stores;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One partition of a topic through the fold, without Kafka Streams, threads or a clock: what the forecaster must have
 * said. Reads the topic the forecaster's task reads: the source topic of a pipeline that takes the record's key, else its
 * repartition topic, whose records carry what ingest knew.
 */
public final class Oracle {
    private final Pipeline pipeline;
    private final Predicate<Source> refused;
    private final EventReader reader;
    private final ArrivalSerde serde = new ArrivalSerde(false);
    private final PartitionFold fold;
    private long sourceTime = Long.MIN_VALUE;

    /** One record the forecaster sends: to which topic, for which key, which bytes; no bytes for a dead letter. */
    public record Said(Kind kind, String key, byte[] value, Source source) {}

    /** @param refused which source records the wall clock has refused: those found among the dead letters */
    public Oracle(Pipeline pipeline, Predicate<Source> refused) {
        Forecaster forecaster = Forecasters.of(pipeline);
        this.pipeline = pipeline;
        this.refused = refused;
        this.reader = new EventReader(pipeline, forecaster);
        this.fold = new PartitionFold(
                forecaster, Forecasters.model(pipeline, forecaster), Stores.inMemory(), Forecasters.sources(pipeline));
    }

    /** Everything said because of this record, in order. Records come in the order of their partition. */
    public List<Said> fold(ConsumerRecord<byte[], byte[]> record) {
        Optional<Observation> observation = pipeline.source().key().isRecordKey()
                ? read(record)
                : Optional.of(serde.read(record.value()).observation());
        return observation.map(this::fold).orElse(List.of());
    }

    private List<Said> fold(Observation o) {
        Answer answer = fold.observe(o);
        if (answer.failure() != null || !answer.setbacks().isEmpty()) {
            throw new IllegalStateException("the oracle cannot fold " + o + ": " + answer, answer.failure());
        }
        List<Said> said = new ArrayList<>();
        if (answer.closing() != null) {
            add(said, answer.closing());
        }
        if (answer.late() != null) {
            said.add(new Said(Kind.DLQ, o.key(), new byte[0], o.source()));
        }
        if (answer.forecast() != null) {
            add(said, answer.forecast());
        }
        answer.swept().forEach(closing -> add(said, closing));
        return said;
    }

    private static void add(List<Said> said, Closing closing) {
        closing.scores().forEach(s -> said.add(new Said(Kind.ACCURACY, s.key(), ScoreJson.write(s), s.source())));
        if (closing.forecast() != null) {
            add(said, closing.forecast());
        }
    }

    private static void add(List<Said> said, Forecast forecast) {
        said.add(new Said(Kind.FORECASTS, forecast.key(), ForecastJson.write(forecast), forecast.source()));
    }

    private Optional<Observation> read(ConsumerRecord<byte[], byte[]> record) {
        Source source = new Source(record.topic(), record.partition(), record.offset(), RecordTime.of(record));
        if (refused.test(source)) {
            return Optional.empty();
        }
        try {
            EventReader.Event event = reader.read(record.key(), record.value(), source.timestamp());
            sourceTime = Math.max(sourceTime, event.time());
            return Optional.of(
                    new Observation(event.key(), event.time(), event.value(), sourceTime, source, event.censored()));
        } catch (BadEvent bad) {
            return Optional.empty();
        }
    }
}
