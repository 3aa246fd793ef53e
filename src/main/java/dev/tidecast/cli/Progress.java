package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a replay is, how fast, how long still. On a terminal one line that is rewritten a few times a second; elsewhere a
 * line every ten seconds, so that long runs are not silent. {@code backtest} tells it of every row.
 */
final class Progress {
    private static final int LOOK = 4096;

    private final PrintWriter err;
    private final Pace pace;
    private final long began;

    Progress(PrintWriter err) {
        this(err, new Pace(System::nanoTime, Boolean.getBoolean("tidecast.terminal")));
    }

    Progress(PrintWriter err, Pace pace) {
        this.err = err;
        this.pace = pace;
        this.began = pace.now();
    }

    void row(Rows rows, long count) {
        if (count % LOOK != 0 || !pace.due()) {
            return;
        }
        double seconds = (pace.now() - began) / 1e9;
        double done = Math.max(1e-6, rows.done());
        pace.say(
                err,
                String.format(
                        Locale.ROOT,
                        "%3.0f %%  %,d rows  %,.0f a second  %s left",
                        100 * done,
                        count,
                        count / seconds,
                        clock(seconds / done * (1 - done))));
    }

    void end() {
        pace.end(err);
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
