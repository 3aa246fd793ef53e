package dev.tidecast.stream;

/** A pipeline, or what runs around it, cannot start; the message says what is wrong and what would put it right. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
