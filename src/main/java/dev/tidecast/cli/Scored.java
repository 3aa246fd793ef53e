package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import dev.tidecast.backtest.Scope;
import dev.tidecast.forecast.model.TrainingSpan;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code backtest} that say which forecasts are scored. */
final class Scored {
    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Score the forecasts from this day or moment on; what lies before is replayed.")
    private @Nullable String from;

    @Option(
            names = "--holdout",
            paramLabel = "PART",
            description = "Score the last part: a share such as 0.25, or a length of time such as P90D.")
    private @Nullable String holdout;

    @Option(
            names = "--score-all",
            description = "Score what the model was trained on, too. The figures then look better than they are.")
    private boolean all;

    /** What is scored of these rows, which are read once here if their last time has to be known. */
    Scope scope(Cut cut, @Nullable TrainingSpan trained, Supplier<Rows> data) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        try (Rows rows = data.get()) {
            while ((first == Long.MAX_VALUE || holdout != null) && rows.next()) {
                first = Math.min(first, rows.time());
                last = Math.max(last, rows.time());
            }
        }
        long asked = from == null ? Scope.ALL : cut.at("--from", from);
        if (holdout != null) {
            asked = Math.max(asked, cut.holdout(holdout, first, last));
        }
        return all ? Scope.seenToo(asked, trained, first) : Scope.unseen(asked, trained, first);
    }
}
