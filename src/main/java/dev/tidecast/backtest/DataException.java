package dev.tidecast.backtest;

/** A data file cannot be used; the message says which, where in it, and why, in one line for a person. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
