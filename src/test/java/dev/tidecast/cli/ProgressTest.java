package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.Rows;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000L;

    private final StringWriter err = new StringWriter();
    private final AtomicLong clock = new AtomicLong(5);

    private record Half(double done) implements Rows {
        @Override
        public boolean next() {
            return true;
        }

        @Override
        public String key() {
            return "a";
        }

        @Override
        public long time() {
            return 0;
        }

        @Override
        public double value() {
            return 0;
        }

        @Override
        public String place() {
            return "half";
        }
    }

    private void rows(boolean terminal, int seconds) {
        PrintWriter to = new PrintWriter(err, true);
        Progress progress = new Progress(to, new Pace(clock::get, terminal));
        for (int second = 1; second <= seconds; second++) {
            clock.addAndGet(SECOND);
            progress.row(new Half(.5), second * 4096L);
        }
        progress.end();
    }

    @Test
    void aLongRunSaysEveryTenSecondsHowFarItIs() {
        rows(false, 29);
        assertThat(err.toString().lines())
                .containsExactly(
                        " 50 %  40,960 rows  4,096 a second  10 s left",
                        " 50 %  81,920 rows  4,096 a second  20 s left");
    }

    @Test
    void aShortRunIsSilentWithoutATerminal() {
        rows(false, 9);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void onATerminalOneLineIsDrawnAnewAndTakenAwayAtTheEnd() {
        rows(true, 3);
        assertThat(err.toString()).doesNotContain("\n").endsWith("\r\u001b[K").contains("\r 50 %  8,192 rows");
    }

    @Test
    void trainingSaysEveryTenSecondsHowFarItIs() {
        TrainingLine line = new TrainingLine(new PrintWriter(err, true), new Pace(clock::get, false));
        for (int pass = 1; pass <= 9; pass++) {
            clock.addAndGet(4 * SECOND);
            var at = new dev.tidecast.learn.Progress.Position(1, 1, pass, 10);
            line.pass(new dev.tidecast.learn.Progress(at, 2, 1.5, 0));
        }
        line.end();
        assertThat(err.toString().lines()).hasSize(3).first().asString().startsWith("pass 3 of 10  loss 2.0000");
    }
}
