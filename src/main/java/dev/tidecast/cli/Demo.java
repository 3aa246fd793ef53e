package dev.tidecast.cli;

import dev.tidecast.demo.Accounts;
import dev.tidecast.demo.Introduction;
import dev.tidecast.demo.LiveTable;
import dev.tidecast.demo.Stage;
import dev.tidecast.demo.Summary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidecast demo}: a broker, a shop and a market in this process, both forecast, with a page to look at. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "A shop and a market, replayed fast on a broker inside this process, and forecast live."
                + " Needs nothing, leaves nothing behind.")
final class Demo implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--for", paramLabel = "TIME", description = "Show for so long (60s, 5m), then end with a summary.")
    private @Nullable String length;

    @Option(names = "--output", description = "Form of the summary: ${COMPLETION-CANDIDATES}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(names = "--port", paramLabel = "N", description = "HTTP port, default ${DEFAULT-VALUE}; next if taken.")
    private int port = 8080;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the sample streams, default ${DEFAULT-VALUE}.")
    private long seed = 1;

    private final Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    @Override
    public Integer call() throws Exception {
        Duration limit = limit();
        quieten();
        Stage stage = new Stage(Path.of(System.getProperty("tidecast.home", ".")), seed);
        PrintWriter people = output == OutputFormat.TEXT
                ? spec.commandLine().getOut()
                : spec.commandLine().getErr();
        people.println("\n  starting a Kafka broker and two forecasters in this process ...");
        try (Ending ending = new Ending(stage, () -> 0)) {
            return ending.during(() -> show(stage, ending, limit, people));
        }
    }

    private int show(Stage stage, Ending ending, @Nullable Duration limit, PrintWriter people) throws Exception {
        stage.open(port);
        people.print(Introduction.text(stage));
        people.flush();
        watch(stage, ending, limit, new LiveTable(people, LiveTable.isPossible()));
        return limit == null || ending.isBegun() ? 0 : conclude(stage);
    }

    private @Nullable Duration limit() {
        if (length == null) {
            return null;
        }
        String text = length.toUpperCase(Locale.ROOT);
        if (!text.matches("[0-9]{1,6}[SMH]")) {
            throw new ParameterException(
                    spec.commandLine(), "--for is a number of seconds, minutes or hours (60s, 5m, 1h), was " + length);
        }
        return Duration.parse("PT" + text);
    }

    /** A broker that starts and stops has much to say that is no news here. */
    private static void quieten() {
        if (System.getProperty("tidecast.log.kafka") == null) {
            System.setProperty("tidecast.log.kafka", "ERROR");
            System.setProperty("tidecast.log.broker", "OFF");
            System.setProperty("tidecast.log", "WARN");
        }
    }

    /** Until the time is up or somebody ends it. */
    private static void watch(Stage stage, Ending ending, @Nullable Duration limit, LiveTable table)
            throws InterruptedException {
        long start = System.nanoTime();
        long end = limit == null ? Long.MAX_VALUE : limit.toNanos();
        for (long next = 0; !ending.isBegun() && System.nanoTime() - start < end; ) {
            if (System.nanoTime() - start >= next) {
                table.show(stage);
                next += TimeUnit.SECONDS.toNanos(1);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** The accounts, and the summary in the form that was asked for. */
    private int conclude(Stage stage) throws Exception {
        List<String> faults = Accounts.settle(stage);
        Map<String, Object> summary = Summary.of(stage, begun, Version.number(), faults);
        spec.commandLine()
                .getOut()
                .println(output == OutputFormat.JSON ? Json.line(summary) : Introduction.end(summary));
        return faults.isEmpty() ? 0 : Tidecast.FAILED;
    }
}
