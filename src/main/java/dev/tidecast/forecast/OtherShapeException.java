package dev.tidecast.forecast;

/** The bytes are sound but were written under settings of another shape (buckets, horizon, season or target kind). */
public final class OtherShapeException extends StateException {
    private static final long serialVersionUID = 1L;

    OtherShapeException(String what, int found, int expected) {
        super(what + " was written under other settings (fingerprint " + Integer.toHexString(found) + ", not "
                + Integer.toHexString(expected)
                + "): buckets, horizon, season or target kind have changed; restore them, or reset this pipeline");
    }
}
