package dev.tidecast.cli;

import dev.tidecast.pipeline.PipelineException;
import java.io.PrintWriter;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
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

    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
    }

    /** Runs one command line and answers its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        Tidecast top = new Tidecast();
        return new CommandLine(top)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Tidecast::misused)
                .setExecutionExceptionHandler((failure, command, parsed) -> top.failed(failure, command))
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: " + verbs());
    }

    private String verbs() {
        return String.join(", ", spec.subcommands().keySet());
    }

    private static int misused(ParameterException misuse, String[] args) {
        CommandLine command = misuse.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tidecast: " + misuse.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    private int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        Throwable cause = cause(failure);
        if (cause instanceof PipelineException refused) {
            err.println(refused.getMessage());
            return WRONG_USAGE;
        }
        String message = cause.getMessage();
        err.println("tidecast: "
                + (message == null
                        ? cause.toString()
                        : message.lines().findFirst().orElse("failed")));
        if (debug) {
            failure.printStackTrace(err);
        } else if (!(cause instanceof Failure)) {
            err.println("(--debug shows where)");
        }
        return FAILED;
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
