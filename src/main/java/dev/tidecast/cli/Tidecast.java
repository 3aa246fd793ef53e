package dev.tidecast.cli;

import dev.tidecast.log.LogForm;
import dev.tidecast.pipeline.PipelineException;
import dev.tidecast.stream.StartException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code tidecast}: finds the verb, and says what went wrong in one line. */
@Command(
        name = "tidecast",
        description = "Per-key neural forecasts on every Kafka event, learned online, exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Demo.class,
            Run.class,
            Train.class,
            Backtest.class,
            Evaluate.class,
            Validate.class,
            Plan.class,
            ListCells.class
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage or a wrong pipeline file."})
public final class Tidecast implements Runnable {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show the whole stack trace of a failure.")
    private boolean debug;

    private final LogForm form;

    private Tidecast(LogForm form) {
        this.form = form;
    }

    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs one command line and answers its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return runIn(System.getenv("LOG_FORMAT"), out, err, args);
    }

    /** The same with this form of the log. */
    static int runIn(@Nullable String format, PrintWriter out, PrintWriter err, String... args) {
        Optional<LogForm> form = LogForm.of(format);
        if (form.isEmpty()) {
            err.println("tidecast: LOG_FORMAT is text, json or trace, was " + format);
            return WRONG_USAGE;
        }
        Tidecast top = new Tidecast(form.get());
        return new CommandLine(top)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((misuse, parsed) -> top.misused(misuse))
                .setExecutionExceptionHandler((failure, command, parsed) -> top.failed(failure, command))
                .setExecutionStrategy(top::execute)
                .execute(args);
    }

    private int execute(CommandLine.ParseResult parsed) {
        (debug && form == LogForm.TEXT ? LogForm.TRACE : form).choose();
        return new CommandLine.RunLast().execute(parsed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: " + verbs());
    }

    private String verbs() {
        return String.join(", ", spec.subcommands().keySet());
    }

    private int misused(ParameterException misuse) {
        CommandLine command = misuse.getCommandLine();
        ErrorLine line = new ErrorLine(command.getErr(), form);
        line.print("tidecast: " + misuse.getMessage(), null);
        if (form != LogForm.JSON) {
            CommandLine.UnmatchedArgumentException.printSuggestions(misuse, command.getErr());
        }
        line.hint("See " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    private int failed(Exception failure, CommandLine command) {
        ErrorLine line = new ErrorLine(command.getErr(), form);
        Throwable cause = cause(failure);
        if (cause instanceof PipelineException refused) {
            line.print(String.valueOf(refused.getMessage()), null);
            return WRONG_USAGE;
        }
        boolean expected = cause instanceof Failure || cause instanceof StartException;
        line.print("tidecast: " + firstLine(cause), debug ? failure : null);
        if (!debug && !expected) {
            line.hint("(--debug shows where)");
        }
        return cause instanceof Failure known ? known.exitCode() : FAILED;
    }

    private static String firstLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message.lines().findFirst().orElse("failed");
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
