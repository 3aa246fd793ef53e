package dev.tidecast.stream;

/** Why a record went to the dead letters: the value of the header {@code tidecast-reason}. */
public enum Reason {
    /** The value is not one complete JSON object in UTF-8. */
    NOT_JSON,
    /** A field the pipeline points to is absent, null, empty or of a kind that cannot be used. */
    MISSING_FIELD,
    /** The value field is not a finite number in a form that the pipeline accepts. */
    NOT_A_NUMBER,
    /** The field that tells of a censored value is neither true nor false, 1 nor 0. */
    NOT_A_FLAG,
    /** The time field is no time in any of the known forms. */
    BAD_TIME,
    /** The event time is further ahead of the wall clock than {@code max_future} allows. */
    FUTURE_TIMESTAMP,
    /** The record has no value. */
    NULL_VALUE,
    /** The record has no usable key of its own and the pipeline asks for it. */
    NULL_KEY,
    /** The key or the value is larger than an event may be, or the JSON nested too deep. */
    TOO_LARGE,
    /** The bucket of the event has closed for its key, and the pipeline asks for dead letters of such. */
    LATE,
    /** The number is one the target cannot have. */
    OUT_OF_DOMAIN,
    /** The fold failed on the event; nothing of it was kept. */
    PROCESSING_ERROR,
    /** The due buckets of a key could not be closed; the record names the key, whose state stays as it was. */
    CLOSE_FAILED,
    /** A record could not be written. */
    PRODUCTION_ERROR
}
