package dev.tidecast.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * How often a long run says how far it is: on a terminal four times a second in one line, elsewhere a line every ten seconds.
 * {@link Progress} and {@link TrainingLine} ask whether it is time.
 */
final class Pace {
    private static final long TERMINAL_NANOS = 250_000_000L;
    private static final long PLAIN_NANOS = 10_000_000_000L;

    private final LongSupplier clock;
    private final boolean terminal;
    private long said;

    Pace(LongSupplier clock, boolean terminal) {
        this.clock = clock;
        this.terminal = terminal;
        this.said = clock.getAsLong();
    }

    boolean terminal() {
        return terminal;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Whether it is time for the next line; if so, the next one has its time from now on. */
    boolean due() {
        long now = now();
        if (now - said < (terminal ? TERMINAL_NANOS : PLAIN_NANOS)) {
            return false;
        }
        said = now;
        return true;
    }

    void say(PrintWriter err, String line) {
        if (terminal) {
            err.print("\r" + line + "\u001b[K");
            err.flush();
        } else {
            err.println(line);
        }
    }

    /** Takes the line from the terminal. */
    void end(PrintWriter err) {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
