package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import java.io.PrintWriter;
import java.util.Locale;

/** One line on the terminal, rewritten a few times a second: how far, how fast, how long still. Silent elsewhere. */
final class Progress {
    private static final int LOOK = 4096;
    private static final long EVERY_NANOS = 250_000_000L;

    private final PrintWriter err;
    private final boolean terminal = Boolean.getBoolean("tidecast.terminal");
    private final long began = System.nanoTime();
    private long shown = began;

    Progress(PrintWriter err) {
        this.err = err;
    }

    void row(Rows rows, long count) {
        if (!terminal || count % LOOK != 0) {
            return;
        }
        long now = System.nanoTime();
        if (now - shown < EVERY_NANOS) {
            return;
        }
        shown = now;
        double seconds = (now - began) / 1e9;
        double done = Math.max(1e-6, rows.done());
        err.printf(
                Locale.ROOT,
                "\r%3.0f %%  %,d rows  %,.0f a second  %s left\u001b[K",
                100 * done,
                count,
                count / seconds,
                clock(seconds / done * (1 - done)));
        err.flush();
    }

    void end() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
