package dev.tidecast.nn;

/** Bytes that cannot be read as the numbers of this network; the message says why. */
public final class BytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BytesException(String message) {
        super(message);
    }
}
