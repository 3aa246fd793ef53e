package dev.tidecast.forecast.state;

/** The bytes are sound but were written under settings of another shape (bucket, horizon, season, target, known or model). */
public final class OtherShapeException extends StateException {
    private static final long serialVersionUID = 1L;

    OtherShapeException(String what, int found, int expected) {
        super(what + " was written under other settings (fingerprint " + Integer.toHexString(found) + ", not "
                + Integer.toHexString(expected)
                + "): bucket, horizon, season, target, known or model have changed; restore them, give the pipeline a new"
                + " name, or reset it (docs/operations.md)");
    }
}
