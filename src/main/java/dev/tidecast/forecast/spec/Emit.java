package dev.tidecast.forecast.spec;

/** When a key answers. */
public enum Emit {
    /** Every event answers with a partial forecast, every close with a full one. */
    EVENT,
    /** Only closes answer. */
    BUCKET
}
