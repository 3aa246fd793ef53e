package dev.tidecast.forecast.model;

/** The bytes of a model cannot be used; the message says why, in one line for a person. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModelException(String message) {
        super(message);
    }
}
