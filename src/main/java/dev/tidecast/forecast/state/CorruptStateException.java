package dev.tidecast.forecast.state;

/** The bytes are not what was written: a pipeline begins their key again from the prior, an embedded fold refuses them. */
public final class CorruptStateException extends StateException {
    private static final long serialVersionUID = 1L;

    public CorruptStateException(String message) {
        super(message);
    }
}
