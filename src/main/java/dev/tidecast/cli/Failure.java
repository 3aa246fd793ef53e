package dev.tidecast.cli;

import org.jspecify.annotations.Nullable;

/** A verb cannot do what it was asked to; the message says why and what to do, in one line for a person. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    Failure(String message) {
        this(message, null);
    }

    Failure(String message, @Nullable Throwable cause) {
        this(Tidecast.FAILED, message, cause);
    }

    private Failure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What was asked cannot be done as it was asked: exit code 2. */
    static Failure wrongUsage(String message, @Nullable Throwable cause) {
        return new Failure(Tidecast.WRONG_USAGE, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
