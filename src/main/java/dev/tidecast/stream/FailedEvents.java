package dev.tidecast.stream;

import dev.tidecast.series.Source;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator that threw. If one event is to blame it becomes a dead letter and the next one is read: the forecaster has
 * kept nothing of it. If a store, the broker or the version is to blame, the thread stops.
 */
public final class FailedEvents implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailedEvents.class);

    private @Nullable Failures failures;

    @Override
    public void configure(Map<String, ?> configuration) {
        failures = Failures.of(configuration);
    }

    @Override
    public Response handleError(ErrorHandlerContext place, @Nullable Record<?, ?> record, Exception failure) {
        Failures known = Failures.known(failures);
        if (Failures.concernsTheTask(failure)) {
            LOG.error("{} cannot go on", place.processorNodeId(), failure);
            return Response.fail();
        }
        LOG.warn(
                "{} failed on {}-{}@{}",
                place.processorNodeId(),
                place.topic(),
                place.partition(),
                place.offset(),
                failure);
        DeadLetter original = new DeadLetter(place.sourceRawKey(), place.sourceRawValue(), place.headers());
        Source source = Failures.source(place);
        if (record != null && record.value() instanceof Arrival arrival) {
            // Across a repartition topic the record at hand is not the one the user knows.
            source = arrival.observation().source();
            if (arrival.value() != null) {
                original = new DeadLetter(arrival.key(), arrival.value(), record.headers());
            }
        }
        return Response.resume(List.of(known.ofEvent(original, source, failure)));
    }
}
