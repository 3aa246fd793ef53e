package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.spec.Target;
import dev.tidecast.pipeline.JsonPath;
import dev.tidecast.pipeline.NumberForm;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Aggregate;
import dev.tidecast.text.EventTime;
import java.time.DateTimeException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From the bytes of a record to key, time and value of an event, or to a {@link BadEvent} that says what is wrong with
 * them: there is no third outcome. Knows no clock: whether a time is too far ahead is judged by the caller. One per
 * task, not shared between threads.
 */
final class EventReader {
    /** What an event says. */
    record Event(String key, long time, double value, boolean censored) {
        /** Of a value that is the whole of it. */
        Event(String key, long time, double value) {
            this(key, time, value, false);
        }
    }

    private final JsonFields fields = new JsonFields();
    private final SeriesKey key;
    private final EventTime times;
    private final Forecaster forecaster;
    private final Target target;
    private final Aggregate aggregate;
    private final int valueSlot;
    private final boolean textNumbers;
    private final @Nullable JsonPath timePath;
    private final int timeSlot;
    private final int censoredSlot;

    EventReader(Pipeline pipeline, Forecaster forecaster) {
        this.forecaster = forecaster;
        this.key = new SeriesKey(pipeline.source().key(), fields);
        this.times = new EventTime(pipeline.buckets().zone());
        this.target = pipeline.target();
        this.aggregate = pipeline.buckets().aggregate();
        this.valueSlot = fields.slot(pipeline.source().value().path());
        this.textNumbers = pipeline.source().value().form() == NumberForm.TEXT;
        this.timePath = pipeline.source().time();
        this.timeSlot = timePath == null ? -1 : fields.slot(timePath);
        JsonPath censoredPath = pipeline.source().censored();
        this.censoredSlot = censoredPath == null ? -1 : fields.slot(censoredPath);
    }

    /** Reads a record; its own timestamp is the event time of a pipeline that points to none. */
    Event read(byte @Nullable [] recordKey, byte @Nullable [] recordValue, long timestamp) throws BadEvent {
        if (recordValue == null) {
            throw new BadEvent(Reason.NULL_VALUE, "value: none");
        }
        fields.read(recordValue);
        return new Event(key.of(recordKey), time(timestamp), value(), censored());
    }

    private long time(long timestamp) throws BadEvent {
        if (timePath == null) {
            return timestamp;
        }
        switch (fields.kind(timeSlot)) {
            case ABSENT, NULL -> throw new BadEvent(Reason.MISSING_FIELD, fields.found(timeSlot, "a time"));
            case TEXT, NUMBER -> {}
            default -> throw new BadEvent(Reason.BAD_TIME, fields.found(timeSlot, "a time"));
        }
        String text = fields.text(timeSlot);
        try {
            return fields.kind(timeSlot) == JsonFields.Kind.NUMBER
                    ? times.of(fields.number(timeSlot))
                    : times.of(String.valueOf(text));
        } catch (DateTimeException e) {
            throw new BadEvent(Reason.BAD_TIME, fields.found(timeSlot, "a time") + " (" + e.getMessage() + ")");
        }
    }

    private double value() throws BadEvent {
        JsonFields.Kind kind = fields.kind(valueSlot);
        if (kind == JsonFields.Kind.ABSENT || kind == JsonFields.Kind.NULL) {
            throw new BadEvent(Reason.MISSING_FIELD, fields.found(valueSlot, "a number"));
        }
        double value = number();
        if (Double.isNaN(value)) {
            String expected = textNumbers ? "a number, as it is or as a text such as \"3.5\"" : "a number";
            throw new BadEvent(Reason.NOT_A_NUMBER, fields.found(valueSlot, expected));
        }
        if (!Double.isFinite(value)) {
            throw new BadEvent(Reason.NOT_A_NUMBER, fields.found(valueSlot, "a finite number"));
        }
        String expected = expected(value);
        if (expected != null) {
            throw new BadEvent(Reason.OUT_OF_DOMAIN, fields.found(valueSlot, expected));
        }
        return value;
    }

    /** NaN if the field holds none. */
    private double number() {
        String text = fields.text(valueSlot);
        if (textNumbers && text != null && fields.kind(valueSlot) == JsonFields.Kind.TEXT) {
            // Adding zero turns -0.0 into 0.0, as for numbers of JSON.
            return NumberText.of(text) + 0.0;
        }
        return fields.kind(valueSlot) == JsonFields.Kind.NUMBER ? fields.number(valueSlot) : Double.NaN;
    }

    /** True and false, 1 and 0; where there is nothing, nothing was out of stock. */
    private boolean censored() throws BadEvent {
        if (censoredSlot < 0 || fields.kind(censoredSlot) == JsonFields.Kind.ABSENT) {
            return false;
        }
        if (fields.kind(censoredSlot) == JsonFields.Kind.TRUTH) {
            return "true".equals(fields.text(censoredSlot));
        }
        boolean number = fields.kind(censoredSlot) == JsonFields.Kind.NUMBER;
        if (number && (fields.number(censoredSlot) == 0 || fields.number(censoredSlot) == 1)) {
            return fields.number(censoredSlot) == 1;
        }
        throw new BadEvent(Reason.NOT_A_FLAG, fields.found(censoredSlot, "true or false"));
    }

    /**
     * What a number should have been, null if it is in order. The bounds {@code min} and {@code max} are those of the
     * bucket's value: they also hold for a single event unless events are summed (a return is a negative sale) or counted.
     */
    private @Nullable String expected(double value) {
        if (!forecaster.accepts(value)) {
            return "a number a target of kind " + target.kind().name().toLowerCase(Locale.ROOT) + " can have";
        }
        if (aggregate == Aggregate.COUNT || aggregate == Aggregate.SUM) {
            return null;
        }
        // Written so that a bound of NaN, none, refuses nothing.
        if (value < target.min()) {
            return "at least " + target.min();
        }
        return value > target.max() ? "at most " + target.max() : null;
    }
}
