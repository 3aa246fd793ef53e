package dev.tidecast.stream;

import dev.tidecast.forecast.state.StateException;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * What the three error handlers share: which failures concern one record and which the whole task, and the dead letter of
 * a record something failed on. Kafka makes the handlers, so what they need comes through the configuration.
 */
final class Failures {
    /** The configuration entry that carries one of these. */
    static final String CONFIG = "tidecast.failures";

    private final DeadLetters deadLetters;
    private final String topic;
    private final Set<String> outputs;
    private final PipelineMeters meters;

    Failures(Pipeline pipeline, PipelineMeters meters, int largestRecord) {
        this.deadLetters = new DeadLetters(pipeline.name(), largestRecord);
        this.topic = pipeline.topic(Kind.DLQ);
        this.outputs = Set.of(pipeline.topic(Kind.FORECASTS), pipeline.topic(Kind.ACCURACY));
        this.meters = meters;
    }

    static Failures of(Map<String, ?> configuration) {
        if (configuration.get(CONFIG) instanceof Failures failures) {
            return failures;
        }
        throw new IllegalArgumentException(CONFIG + " is missing: make the settings with StreamSettings");
    }

    static Failures known(@Nullable Failures failures) {
        return Objects.requireNonNull(failures, "Kafka configures a handler before it is asked");
    }

    /** What was first: the failure at the bottom of the causes. */
    static Throwable root(Throwable failure) {
        List<Throwable> causes = Diagnosis.causes(failure);
        return causes.get(causes.size() - 1);
    }

    /** Whether going on with the next record would be wrong: the broker, a store or the version is the trouble. */
    static boolean concernsTheTask(Throwable failure) {
        return concernsStoredBytes(failure)
                || failure instanceof KafkaException
                        && !(failure instanceof org.apache.kafka.common.errors.SerializationException);
    }

    /** Whether bytes that are kept are damaged or of a newer version: a second attempt meets them again. */
    static boolean concernsStoredBytes(Throwable failure) {
        return Diagnosis.causes(failure).stream()
                .anyMatch(cause ->
                        cause instanceof StateException || cause instanceof ArrivalSerde.NewerArrivalException);
    }

    /** The dead letter of an event something failed on, counted. */
    ProducerRecord<byte[], byte[]> ofEvent(DeadLetter original, Source source, Throwable failure) {
        meters.event("dead");
        return record(
                deadLetters.of(original, source, Reason.PROCESSING_ERROR, failure), Reason.PROCESSING_ERROR, source);
    }

    /** The dead letter of an output record that is too large, counted. */
    ProducerRecord<byte[], byte[]> ofOutput(ProducerRecord<byte[], byte[]> output, Source source, Throwable failure) {
        DeadLetter original = new DeadLetter(output.key(), output.value(), output.headers());
        return record(deadLetters.ofBeginning(original, source, failure), Reason.PRODUCTION_ERROR, source);
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, Reason reason, Source source) {
        meters.deadLetter(reason.name());
        long timestamp = Math.max(0, source.timestamp());
        return new ProducerRecord<>(topic, null, timestamp, letter.key(), letter.value(), letter.headers());
    }

    /** Where the record came from that is being worked on. */
    static Source source(ErrorHandlerContext place) {
        return new Source(String.valueOf(place.topic()), place.partition(), place.offset(), place.timestamp());
    }

    /** Whether a record was meant for one of the topics whose records may be replaced by a dead letter. */
    boolean isOutput(ProducerRecord<?, ?> record) {
        return outputs.contains(record.topic());
    }
}
