package dev.tidecast.forecast.state;

/** The bytes are not what was written: the key starts again from the prior. */
public final class CorruptStateException extends StateException {
    private static final long serialVersionUID = 1L;

    public CorruptStateException(String message) {
        super(message);
    }
}
