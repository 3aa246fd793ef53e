package dev.tidecast.stream;

import dev.tidecast.forecast.Forecast;
import dev.tidecast.forecast.ForecastJson;
import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Model;
import dev.tidecast.forecast.PartitionFold;
import dev.tidecast.forecast.Score;
import dev.tidecast.forecast.ScoreJson;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Late;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second operator: hands each observation to the fold of its partition and sends on what comes out. One event is all
 * or nothing: stores are written and records sent only when the fold is through with it. Called by the task's stream
 * thread alone.
 */
final class ForecastProcessor implements Processor<byte[], Arrival, byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastProcessor.class);

    /** More than Kafka ever adds to a record of ours. */
    private static final int RECORD_OVERHEAD = 512;

    private final Pipeline pipeline;
    private final Forecaster forecaster;
    private final Model model;
    private final PipelineMeters meters;
    private final DeadLetters deadLetters;
    private final int largest;
    private final List<Outgoing> outgoing = new ArrayList<>();
    private final List<StagedStore> stores = new ArrayList<>();
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable PartitionFold fold;
    private @Nullable Record<byte[], Arrival> current;
    private boolean late;

    private record Outgoing(String sink, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}

    /** @param largestRecord the most bytes the producer sends as one record */
    ForecastProcessor(Pipeline pipeline, Forecaster forecaster, Model model, PipelineMeters meters, int largestRecord) {
        this.pipeline = pipeline;
        this.forecaster = forecaster;
        this.model = model;
        this.meters = meters;
        this.deadLetters = new DeadLetters(pipeline.name(), largestRecord);
        this.largest = largestRecord - RECORD_OVERHEAD;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> taskContext) {
        context = taskContext;
        for (String name : List.of(Names.OPEN_STORE, Names.SERIES_STORE, Names.CLOCK_STORE)) {
            stores.add(new StagedStore(taskContext.getStateStore(name), size -> meters.stateWritten(name, size)));
        }
        fold = newFold();
    }

    @Override
    public void process(Record<byte[], Arrival> record) {
        long started = System.nanoTime();
        current = record;
        late = false;
        boolean done = false;
        try {
            if (fold == null) {
                fold = newFold();
            }
            fold.observe(record.value().observation());
            done = true;
        } finally {
            if (!done) {
                discard();
            }
        }
        stores.forEach(StagedStore::commit);
        send(record.timestamp());
        meters.event(late ? "late" : "ok");
        meters.processed(System.nanoTime() - started);
    }

    private PartitionFold newFold() {
        return new PartitionFold(forecaster, model, stores.get(0), stores.get(1), stores.get(2), new Words());
    }

    // What the fold keeps in memory may have moved before it failed: the next event reads it afresh from the stores.
    private void discard() {
        stores.forEach(StagedStore::discard);
        outgoing.clear();
        fold = null;
    }

    private void send(long timestamp) {
        ProcessorContext<byte[], byte[]> here = present(context);
        for (Outgoing o : outgoing) {
            here.forward(new Record<>(o.key, o.value, timestamp, o.headers), o.sink);
        }
        outgoing.clear();
    }

    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("used before init");
        }
        return part;
    }

    /** What the fold says about the current event. */
    private final class Words implements PartitionFold.Outlet {
        @Override
        public void forecast(Forecast forecast) {
            send(Names.FORECASTS, key(forecast.key()), ForecastJson.write(forecast), forecast.source());
            meters.forecast(forecast.trigger().name().toLowerCase(Locale.ROOT));
        }

        @Override
        public void score(Score score) {
            send(Names.ACCURACY, key(score.key()), ScoreJson.write(score), score.source());
            for (Score.Matured m : score.matured()) {
                meters.score(m.h(), m.absoluteError(), m.seasonalNaive(), m.covered());
            }
        }

        @Override
        public void late(Observation observation, long closedUntil) {
            late = true;
            meters.lateEvent();
            if (pipeline.late().after() == Late.After.DLQ) {
                Record<byte[], Arrival> record = present(current);
                BadEvent why = new BadEvent(
                        Reason.LATE,
                        "event time " + Instant.ofEpochMilli(observation.time()) + ": expected "
                                + Instant.ofEpochMilli(closedUntil) + " or later, what lies before is closed");
                DeadLetter original =
                        new DeadLetter(record.value().key(), record.value().value(), record.headers());
                die(deadLetters.of(original, observation.source(), why), why);
            }
        }

        @Override
        public void closed(long buckets) {
            meters.bucketsClosed(buckets);
        }

        @Override
        public void corrupt(String key, String why) {
            meters.corruptState();
            LOG.warn("{}: the stored state of a key cannot be read and starts again: {}", pipeline.name(), why);
        }

        // The producer would refuse it, and with it the whole transaction, again and again.
        private void send(String sink, byte[] key, byte[] value, Source source) {
            int size = key.length + value.length;
            if (size <= largest) {
                outgoing.add(new Outgoing(sink, key, value, new RecordHeaders()));
                return;
            }
            BadEvent why = new BadEvent(
                    Reason.PRODUCTION_ERROR,
                    sink + ": a record of " + size + " bytes, at most " + largest
                            + ": ask for fewer quantiles, a shorter horizon, or a larger producer.max.request.size");
            die(deadLetters.ofBeginning(new DeadLetter(key, value, new RecordHeaders()), source, why), why);
        }

        private void die(DeadLetter letter, BadEvent why) {
            outgoing.add(new Outgoing(Names.FORECASTER_DEAD_LETTERS, letter.key(), letter.value(), letter.headers()));
            meters.deadLetter(why.reason().name());
        }

        private byte[] key(String key) {
            Record<byte[], Arrival> record = present(current);
            return key.equals(record.value().observation().key()) ? record.key() : key.getBytes(StandardCharsets.UTF_8);
        }
    }
}
