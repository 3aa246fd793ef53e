package dev.tidecast.stream;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.ScoreJson;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Setback;
import dev.tidecast.pipeline.Late;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Makes the records that are sent because of one observation, in the order in which they are sent. Keeps nothing. */
final class Outputs {
    /** More than Kafka ever adds to a record of ours. */
    private static final int RECORD_OVERHEAD = 512;

    private final boolean lateIsDead;
    private final DeadLetters deadLetters;
    private final int largest;

    /**
     * One record to send.
     *
     * @param reason of a dead letter; null for any other record
     */
    record Outgoing(
            String sink,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            @Nullable Reason reason) {}

    /** @param largestRecord the most bytes the producer sends as one record */
    Outputs(Pipeline pipeline, int largestRecord) {
        this.lateIsDead = pipeline.late().after() == Late.After.DLQ;
        this.deadLetters = new DeadLetters(pipeline.name(), largestRecord);
        this.largest = largestRecord - RECORD_OVERHEAD;
    }

    /** The records of one answer. */
    List<Outgoing> of(Record<byte[], Arrival> record, Answer answer) {
        List<Outgoing> all = new ArrayList<>();
        if (answer.closing() != null) {
            closing(all, record, answer.closing());
        }
        if (answer.late() != null && lateIsDead) {
            all.add(late(record, answer.late()));
        }
        if (answer.forecast() != null) {
            all.add(forecast(record, answer.forecast()));
        }
        answer.swept().forEach(closing -> closing(all, record, closing));
        for (Setback setback : answer.setbacks()) {
            if (setback.kind() == Setback.Kind.FAILED && setback.attempt() == 1) {
                all.add(failed(record.value().observation().source(), setback));
            }
        }
        return all;
    }

    private void closing(List<Outgoing> all, Record<byte[], Arrival> record, Closing closing) {
        for (Score score : closing.scores()) {
            all.add(fitting(Names.ACCURACY, key(record, score.key()), ScoreJson.write(score), score.source()));
        }
        if (closing.forecast() != null) {
            all.add(forecast(record, closing.forecast()));
        }
    }

    private Outgoing forecast(Record<byte[], Arrival> record, Forecast forecast) {
        return fitting(Names.FORECASTS, key(record, forecast.key()), ForecastJson.write(forecast), forecast.source());
    }

    private static byte[] key(Record<byte[], Arrival> record, String key) {
        return key.equals(record.value().observation().key()) ? record.key() : key.getBytes(StandardCharsets.UTF_8);
    }

    // The producer would refuse it, and with it the whole transaction, again and again.
    private Outgoing fitting(String sink, byte[] key, byte[] value, Source source) {
        int size = key.length + value.length;
        if (size <= largest) {
            return new Outgoing(sink, key, value, new RecordHeaders(), null);
        }
        BadEvent why = new BadEvent(
                Reason.PRODUCTION_ERROR,
                sink + ": a record of " + size + " bytes, at most " + largest
                        + ": ask for fewer quantiles, a shorter horizon, or a larger producer.max.request.size");
        return dead(
                deadLetters.ofBeginning(new DeadLetter(key, value, new RecordHeaders()), source, why), why.reason());
    }

    private Outgoing late(Record<byte[], Arrival> record, Answer.Late late) {
        Observation o = record.value().observation();
        BadEvent why = new BadEvent(
                Reason.LATE,
                "event time " + Instant.ofEpochMilli(o.time()) + ": expected "
                        + Instant.ofEpochMilli(late.closedUntil()) + " or later, what lies before is closed");
        DeadLetter original =
                new DeadLetter(record.value().key(), record.value().value(), record.headers());
        return dead(deadLetters.of(original, o.source(), why), why.reason());
    }

    private Outgoing failed(Source source, Setback setback) {
        DeadLetter key = new DeadLetter(setback.key().getBytes(StandardCharsets.UTF_8), null, new RecordHeaders());
        return dead(deadLetters.of(key, source, Reason.CLOSE_FAILED, setback.cause()), Reason.CLOSE_FAILED);
    }

    private static Outgoing dead(DeadLetter letter, Reason reason) {
        return new Outgoing(Names.FORECASTER_DEAD_LETTERS, letter.key(), letter.value(), letter.headers(), reason);
    }
}
