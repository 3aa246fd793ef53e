package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Late;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first operator: every source record becomes an {@link Arrival} under its series key, or a dead letter. The only
 * place that looks at the wall clock: it refuses event times too far ahead, and it tells whether a record is live. Both
 * are written down, by the dead letter and in the arrival, so a replay needs no clock.
 */
final class Ingest implements Processor<byte[], byte[], byte[], Object> {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    /** A record that is read within this time after it was written is live. */
    private static final long LIVE_WITHIN_MILLIS = 60_000;

    private final Pipeline pipeline;
    private final Forecaster forecaster;
    private final PipelineMeters meters;
    private final InstantSource clock;
    private final DeadLetters deadLetters;
    private final EventReader reader;
    private final boolean repartitions;
    private final boolean keepsHeaders;
    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable SourceClock sourceClock;

    Ingest(Pipeline pipeline, Forecaster forecaster, PipelineMeters meters, InstantSource clock, int largestRecord) {
        this.pipeline = pipeline;
        this.forecaster = forecaster;
        this.meters = meters;
        this.clock = clock;
        this.deadLetters = new DeadLetters(pipeline.name(), largestRecord);
        this.reader = new EventReader(pipeline, forecaster);
        this.repartitions = !pipeline.source().key().isRecordKey();
        this.keepsHeaders = !repartitions || pipeline.late().after() == Late.After.DLQ;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> taskContext) {
        context = taskContext;
        sourceClock = new SourceClock(
                forecaster, repartitions ? taskContext.getStateStore(Names.SOURCES_STORE) : null, this::tellOfDamage);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        ProcessorContext<byte[], Object> here = initialised(context);
        RecordMetadata place = here.recordMetadata().orElseThrow();
        Source source = new Source(place.topic(), place.partition(), place.offset(), record.timestamp());
        try {
            EventReader.Event event = reader.read(record.key(), record.value(), record.timestamp());
            refuseFuture(event.time());
            forward(here, record, source, event);
        } catch (BadEvent bad) {
            DeadLetter original = new DeadLetter(record.key(), record.value(), record.headers());
            DeadLetter letter = deadLetters.of(original, source, bad);
            here.forward(
                    new Record<>(letter.key(), letter.value(), record.timestamp(), letter.headers()),
                    Names.INGEST_DEAD_LETTERS);
            meters.deadLetter(bad.reason().name());
            meters.event("dead");
        }
    }

    private void forward(
            ProcessorContext<byte[], Object> here,
            Record<byte[], byte[]> record,
            Source source,
            EventReader.Event event) {
        long sourceTime = initialised(sourceClock).advance(source.topic(), source.partition(), event.time());
        boolean live = Math.abs(clock.millis() - source.timestamp()) < LIVE_WITHIN_MILLIS;
        Observation.Delivery delivery = new Observation.Delivery(source, sourceTime, live);
        Observation observation = new Observation(event.key(), event.time(), event.value(), event.censored(), delivery);
        Arrival arrival = new Arrival(observation, record.key(), record.value());
        byte[] key = repartitions ? event.key().getBytes(StandardCharsets.UTF_8) : record.key();
        Headers headers = keepsHeaders ? record.headers() : new RecordHeaders();
        here.forward(new Record<>(key, arrival, record.timestamp(), headers), Names.OBSERVED);
    }

    private void tellOfDamage() {
        meters.corruptState();
        LOG.warn("{}: the stored time of a source partition cannot be read and starts again", pipeline.name());
    }

    private void refuseFuture(long time) throws BadEvent {
        if (pipeline.maxFuture() == null) {
            return;
        }
        long ahead = time - clock.millis();
        if (ahead > pipeline.maxFuture().toMillis()) {
            throw new BadEvent(
                    Reason.FUTURE_TIMESTAMP,
                    "time "
                            + (pipeline.source().time() == null
                                    ? "of the record"
                                    : pipeline.source().time().text())
                            + ": found " + java.time.Instant.ofEpochMilli(time) + ", ahead of the clock by more than "
                            + pipeline.maxFuture());
        }
    }

    private static <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("used before init");
        }
        return part;
    }
}
