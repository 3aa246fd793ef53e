package dev.tidecast.stream;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A record that could not be written. The forecaster sends nothing it knows to be too large, so this is a surprise.
 * Without transactions a record that is too large all the same is replaced by a dead letter with its beginning, whose
 * offset is that of the event it came from. With them the transaction is lost already: to go on would mean to try the
 * same again for ever, unseen, so the thread stops. It also stops for anything that is no fault of the record (rights, a
 * vanished topic), and for a dead letter or a changelog record: losing one of these in silence would be a lie.
 */
public final class UnsentRecords implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnsentRecords.class);

    private @Nullable Failures failures;
    private boolean transactional;

    @Override
    public void configure(Map<String, ?> configuration) {
        failures = Failures.of(configuration);
        transactional =
                StreamsConfig.EXACTLY_ONCE_V2.equals(configuration.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
    }

    @Override
    public Response handleError(ErrorHandlerContext place, ProducerRecord<byte[], byte[]> record, Exception failure) {
        Failures known = Failures.known(failures);
        if (failure instanceof RetriableException) {
            return Response.retry();
        }
        boolean tooLarge =
                failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
        if (!tooLarge || transactional || !known.isOutput(record)) {
            LOG.error("{}: a record cannot be written", record.topic(), failure);
            return Response.fail();
        }
        LOG.warn("{}: a record is too large to be written", record.topic(), failure);
        return Response.resume(List.of(known.ofOutput(record, Failures.source(place), failure)));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Response handleSerializationError(
            ErrorHandlerContext place, ProducerRecord record, Exception failure, SerializationExceptionOrigin origin) {
        LOG.error("{}: {} cannot be turned into bytes", record.topic(), origin, failure);
        return Response.fail();
    }
}
