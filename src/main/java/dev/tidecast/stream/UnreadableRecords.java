package dev.tidecast.stream;

import dev.tidecast.series.Source;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record whose bytes are no observation: can only happen in the repartition topic, because source records are taken as
 * bytes. It becomes a dead letter; one written by a newer version stops the task instead.
 */
public final class UnreadableRecords implements DeserializationExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

    private @Nullable Failures failures;

    @Override
    public void configure(Map<String, ?> configuration) {
        failures = Failures.of(configuration);
    }

    @Override
    public Response handleError(ErrorHandlerContext place, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        Failures known = Failures.known(failures);
        LOG.warn(
                "{}-{}@{} cannot be read: {}", record.topic(), record.partition(), record.offset(), failure.toString());
        if (Failures.concernsTheTask(failure)) {
            return Response.fail();
        }
        Source source = new Source(record.topic(), record.partition(), record.offset(), RecordTime.of(record));
        DeadLetter original = new DeadLetter(record.key(), record.value(), record.headers());
        return Response.resume(List.of(known.ofEvent(original, source, failure)));
    }
}
