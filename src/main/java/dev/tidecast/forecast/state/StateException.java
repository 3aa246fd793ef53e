package dev.tidecast.forecast.state;

/** Stored bytes that cannot be used as they are; the subclasses say why. */
public abstract sealed class StateException extends RuntimeException
        permits CorruptStateException, OtherShapeException, NewerFormatException {
    private static final long serialVersionUID = 1L;

    StateException(String message) {
        super(message);
    }
}
