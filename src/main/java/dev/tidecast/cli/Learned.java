package dev.tidecast.cli;

import dev.tidecast.backtest.DataException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code train} that say which part of a data file is learnt from. */
final class Learned {
    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Learn from what lies before this day or moment; backtest then scores what comes after it.")
    private @Nullable String until;

    @Option(
            names = "--holdout",
            paramLabel = "PART",
            description = "Leave out the last part: a share such as 0.25, or a length of time such as P90D.")
    private @Nullable String holdout;

    /** Whether all there is is learnt from. */
    boolean whole() {
        return until == null && holdout == null;
    }

    /** Leaves in these pasts what is learnt from. */
    void cut(Cut cut, Pasts pasts, String data) {
        long first = pasts.first();
        if (until != null) {
            pasts.keepBefore(cut.at("--until", until));
        }
        if (holdout != null && first <= pasts.last()) {
            pasts.keepBefore(cut.holdout(holdout, first, pasts.last()));
        }
        if (pasts.keys().isEmpty()) {
            throw new DataException(data + ": has no rows to learn from" + (until == null ? "" : " before " + until));
        }
    }
}
