package dev.tidecast.cli;

import dev.tidecast.backtest.DataException;
import dev.tidecast.exam.Exam;
import dev.tidecast.exam.ExamTable;
import dev.tidecast.exam.Exams;
import dev.tidecast.exam.Schooling;
import dev.tidecast.exam.Teacher;
import dev.tidecast.exam.Without;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.Recipe;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidecast evaluate --protocol P --data FOLDER}: public sets under their customary protocols, beside what is published. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = {
            "Learn from the training part of public sets, stream the rest, and print the scores beside published ones.",
            "m4, m3: one origin, sMAPE, MASE, OWA, MSIS. online: standardised MSE and MAE at 1, 24, 48 steps, labels delayed.",
            "taxi: 5 steps ahead, MAPE and NRMSE. prices: 1, 3, 5 days ahead, MSE. window: one origin, MASE.",
            "prequential: every origin after a quarter."
        })
final class Evaluate implements Callable<Integer> {
    /** The customary protocols. */
    enum Protocol {
        M4,
        M3,
        ONLINE,
        TAXI,
        PRICES,
        WINDOW,
        PREQUENTIAL,
        ALL
    }

    /** How often the series of the M4 competition are. */
    enum Frequency {
        HOURLY,
        WEEKLY
    }

    /** What the verb answers in. */
    enum Format {
        TEXT,
        JSON,
        MARKDOWN
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--protocol", required = true, description = "${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Protocol protocol;

    @Option(names = "--data", required = true, paramLabel = "FOLDER", description = "Where the sets are.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    @Option(
            names = "--frequency",
            paramLabel = "F",
            description = "Of m4: ${COMPLETION-CANDIDATES}; both if not given.")
    private @Nullable Frequency frequency;

    @Option(
            names = "--set",
            paramLabel = "NAME",
            description = "One set only, such as etth1; with prequential also a data file of the folder.")
    private @Nullable String set;

    @Option(
            names = "--without",
            paramLabel = "PART",
            description = "Do without a part, to see what it earns: ${COMPLETION-CANDIDATES}.")
    private @Nullable Without without;

    @Option(names = "--cell", paramLabel = "WORD", description = "Sit with this cell of the catalogue in the network.")
    private @Nullable String cell;

    @Option(
            names = "--members",
            paramLabel = "N",
            description = "Sit with so many networks, trained from different seeds, that answer together.")
    private @Nullable Integer members;

    @Option(names = "--pipeline", paramLabel = "FILE", description = "Sit under this pipeline, not the set's own.")
    private @Nullable Path pipeline;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "What is known in advance (CSV), over that of the pipeline.")
    private @Nullable Path known;

    @Option(names = "--experts", description = "Learn nothing: the experts alone.")
    private boolean experts;

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds to run, from 1; default ${DEFAULT-VALUE}.")
    private int seeds = 1;

    @Option(
            names = "--passes",
            paramLabel = "N",
            description = "How often training visits every step, default ${DEFAULT-VALUE}.")
    private int passes = Recipe.standard().passes().count();

    @Option(
            names = "--all",
            description = "Learn from the last horizon of each training part too, with nothing to choose weights by.")
    private boolean all;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private Format output = Format.TEXT;

    @Override
    public Integer call() {
        if (cell != null && !Cells.names().contains(cell)) {
            throw new ParameterException(spec.commandLine(), "--cell is one of " + String.join(", ", Cells.names()));
        }
        if (members != null && (members < 1 || members > NetSpec.MOST_MEMBERS)) {
            throw new ParameterException(spec.commandLine(), "--members is from 1 to " + NetSpec.MOST_MEMBERS);
        }
        if (seeds < 1 || seeds > 100 || passes < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds is from 1 to 100, --passes at least 1");
        }
        try {
            if (!Files.isDirectory(folder)) {
                throw new DataException(folder + ": there is no such folder");
            }
            return evaluate(chosen());
        } catch (DataException e) {
            spec.commandLine().getErr().println("tidecast: " + e.getMessage());
            return Tidecast.WRONG_USAGE;
        }
    }

    private List<Exam> chosen() {
        List<Exam> chosen = new ArrayList<>();
        for (Exam exam : Exams.all()) {
            boolean of = protocol == Protocol.ALL
                    || exam.protocol().equals(protocol.name().toLowerCase(Locale.ROOT));
            boolean named = set == null || exam.name().equals(set.replace('_', '-'));
            if (of && named && often(exam)) {
                chosen.add(exam);
            }
        }
        if (chosen.isEmpty() && set != null && pipeline != null && protocol == Protocol.PREQUENTIAL) {
            chosen.add(Exams.ofFile(set));
        }
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no such set; there are "
                            + Exams.all().stream().map(Exam::name).toList()
                            + ", and with --protocol prequential --pipeline FILE any data file of the folder");
        }
        return chosen;
    }

    /** Which of the m4 exams are wanted; any other is. */
    private boolean often(Exam exam) {
        return frequency == null
                || !exam.protocol().equals("m4")
                || exam.name().startsWith("m4-" + frequency.name().toLowerCase(Locale.ROOT));
    }

    private int evaluate(List<Exam> exams) {
        List<String> missing = new ArrayList<>();
        List<ExamTable> done = new ArrayList<>();
        for (Exam exam : exams) {
            List<String> lacks = exam.missing(folder);
            if (!lacks.isEmpty()) {
                missing.add(exam.name() + " (" + String.join(", ", lacks) + ")");
                continue;
            }
            Pipeline under = changed(pipeline == null ? exam.pipeline(folder) : PipelineReader.read(pipeline));
            List<Exam.Outcome> outcomes = new ArrayList<>();
            sit(exam, under, outcomes);
            ExamTable table = new ExamTable(exam, outcomes);
            done.add(table);
            if (output == Format.TEXT) {
                spec.commandLine().getOut().print(table.text());
            } else if (output == Format.MARKDOWN) {
                spec.commandLine().getOut().print(table.markdown());
            }
            spec.commandLine().getOut().flush();
        }
        return end(done, missing);
    }

    private Pipeline changed(Pipeline pipeline) {
        Pipeline changed = known == null ? pipeline : pipeline.withKnown(known);
        if (cell != null) {
            changed = Without.with(changed, cell, Cells.entry(cell).example().length);
        }
        if (members != null && changed.model() != null) {
            changed = changed.withModel(changed.model().withMembers(members));
        }
        return without == null ? changed : without.of(changed);
    }

    private void sit(Exam exam, Pipeline under, List<Exam.Outcome> outcomes) {
        if (experts || under.model() == null) {
            outcomes.add(exam.sit(folder, under, Teacher.none(), 1));
            return;
        }
        Recipe recipe = Recipe.standard().withPasses(passes).withValidate(!all);
        try (Crew crew = Crew.ofAllCores()) {
            for (int seed = 1; seed <= seeds; seed++) {
                TrainingLine line = new TrainingLine(spec.commandLine().getErr());
                outcomes.add(exam.sit(folder, under, new Schooling(recipe, crew, line::pass, without), seed));
                line.end();
            }
        }
    }

    private int end(List<ExamTable> done, List<String> missing) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == Format.JSON) {
            out.println(ExamTable.json(done, missing));
        } else if (!missing.isEmpty()) {
            out.println("Missing in " + folder + ": " + String.join("; ", missing));
        }
        if (done.isEmpty()) {
            throw new DataException("nothing to evaluate: " + String.join("; ", missing) + " not in " + folder);
        }
        return 0;
    }
}
