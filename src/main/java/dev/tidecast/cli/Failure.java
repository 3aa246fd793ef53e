package dev.tidecast.cli;

/** A verb cannot do what it was asked to; the message says why and what to do, in one line for a person. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
