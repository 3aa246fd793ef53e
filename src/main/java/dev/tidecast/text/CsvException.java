package dev.tidecast.text;

/** A CSV file that cannot be read on; the message says why, without the place: who reads the file names it. */
public final class CsvException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long line;

    CsvException(long line, String message) {
        super(message);
        this.line = line;
    }

    /** The number of the line that is wrong, from 1. */
    public long line() {
        return line;
    }
}
