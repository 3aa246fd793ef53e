package dev.tidecast.stream;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that could not be written. Too large a one is replaced by a dead letter with its beginning, whose offset is
 * that of the event it came from; anything else (rights, a vanished topic) is no fault of the record and stops the
 * thread. Never for a dead letter or a changelog record: losing one of these in silence would be a lie.
 */
public final class UnsentRecords implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnsentRecords.class);

    private @Nullable Failures failures;

    @Override
    public void configure(Map<String, ?> configuration) {
        failures = Failures.of(configuration);
    }

    @Override
    public Response handleError(ErrorHandlerContext place, ProducerRecord<byte[], byte[]> record, Exception failure) {
        Failures known = Failures.known(failures);
        if (failure instanceof RetriableException) {
            return Response.retry();
        }
        boolean tooLarge =
                failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
        if (!tooLarge || !known.isOutput(record)) {
            LOG.error("{}: a record cannot be written", record.topic(), failure);
            return Response.fail();
        }
        LOG.warn("{}: a record is too large to be written", record.topic(), failure);
        DeadLetter original = new DeadLetter(record.key(), record.value(), record.headers()).beginning();
        return Response.resume(
                List.of(known.letter(original, Failures.source(place), Reason.PRODUCTION_ERROR, failure)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Response handleSerializationError(
            ErrorHandlerContext place, ProducerRecord record, Exception failure, SerializationExceptionOrigin origin) {
        LOG.error("{}: {} cannot be turned into bytes", record.topic(), origin, failure);
        return Response.fail();
    }
}
