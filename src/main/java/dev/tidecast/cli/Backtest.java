package dev.tidecast.cli;

import dev.tidecast.backtest.DataException;
import dev.tidecast.backtest.ForecastCsv;
import dev.tidecast.backtest.Gallery;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Jury;
import dev.tidecast.backtest.LongForm;
import dev.tidecast.backtest.Report;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Rows;
import dev.tidecast.backtest.Scope;
import dev.tidecast.backtest.ScoreTable;
import dev.tidecast.backtest.Scoreboard;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.learn.Synthesis;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.text.JsonBytes;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidecast backtest FILE --data DATA}: what a pipeline would have said, held against what came true. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description = {
            "Replay a data file through a pipeline's forecaster in the order of the file and score every forecast.",
            "The file: gzip or plain CSV with the columns key, timestamp, value. Needs no broker.",
            "What a model was trained on is replayed and not scored, unless --score-all asks for it.",
            "Without a file, --made replays series of our own making, none of which the starter models have seen."
        },
        footer = {"", "Exit codes: 0 done, 1 failed or a threshold is missed, 2 wrong usage or a wrong file."})
final class Backtest implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file (YAML).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Food food;

    /** What is replayed: a file, or series made here. */
    private static final class Food {
        @Option(
                names = "--data",
                required = true,
                paramLabel = "DATA",
                description = "The data file (CSV, may be gzip).")
        private @Nullable Path data;

        @Option(
                names = "--made",
                required = true,
                paramLabel = "N",
                description = "Instead of a data file: so many made series, for daily counts and prices.")
        private int made;

        private static final long SEED = 20_261_121;

        Rows rows(Pipeline pipeline, Forecaster forecaster) {
            return data == null
                    ? new MadeRows(forecaster.settings(), made, SEED)
                    : LongForm.open(data, pipeline.buckets().zone(), pipeline.censoredColumn());
        }

        String name() {
            return data == null ? made + " made series" : String.valueOf(data.getFileName());
        }

        String text() {
            return data == null ? made + " made series" : data.toString();
        }
    }

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Scored scored;

    @Option(names = "--model", paramLabel = "MODEL", description = "A trained model, over that of the pipeline file.")
    private @Nullable Path model;

    @Option(
            names = "--known",
            paramLabel = "FILE",
            description = "What is known in advance (CSV), over that of the pipeline file.")
    private @Nullable Path known;

    @Option(names = "--report", paramLabel = "OUT", description = "Write a page with plots here; one file, offline.")
    private @Nullable Path report;

    @Option(
            names = "--forecasts",
            paramLabel = "OUT",
            description = "Write every issued forecast here as CSV, gzip if it ends in .gz.")
    private @Nullable Path forecasts;

    @Option(
            names = "--max-wape",
            paramLabel = "SHARE",
            description = "Exit with 1 if the error over all steps exceeds this share of the actuals.")
    private @Nullable Double maxWape;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        OutputPath.checkFile("--report", report);
        OutputPath.checkFile("--forecasts", forecasts);
        if (maxWape != null && !(maxWape > 0)) {
            throw new ParameterException(spec.commandLine(), "--max-wape is a share above 0 such as 0.3");
        }
        Pipeline read = PipelineReader.read(file);
        Pipeline pipeline = known == null ? read : read.withKnown(known);
        try {
            return replay(pipeline);
        } catch (DataException e) {
            spec.commandLine().getErr().println("tidecast: " + e.getMessage());
            return Tidecast.WRONG_USAGE;
        }
    }

    private int replay(Pipeline pipeline) {
        Forecaster forecaster = Forecasters.forCloses(pipeline);
        if (food.data == null && (food.made < 1 || !Synthesis.knows(forecaster.settings()))) {
            throw new ParameterException(
                    spec.commandLine(), "--made is at least 1, and for daily counts (season 7) or prices in buckets");
        }
        Model learned = model(pipeline, forecaster);
        Cut cut = new Cut(spec.commandLine(), pipeline.buckets());
        Scope scope = scored.scope(cut, learned.trained(), () -> food.rows(pipeline, forecaster));
        Scoreboard board = new Scoreboard(pipeline.quantiles(), scope.from());
        Gallery gallery = new Gallery(scope.from());
        List<Judge> judges = new ArrayList<>(List.of(board));
        if (report != null) {
            judges.add(gallery);
        }
        try (Rows rows = food.rows(pipeline, forecaster);
                ForecastCsv csv = forecasts == null ? null : new ForecastCsv(forecasts)) {
            if (csv != null) {
                judges.add(csv);
            }
            Rerun rerun = new Rerun(forecaster, learned, new Jury(judges));
            board.against(rerun.rivals());
            rerun.rivals().regress();
            replay(rows, rerun);
            int code = answer(pipeline, rerun, board, scope);
            if (report != null) {
                new Report(title(pipeline, rerun, learned), scope, board, gallery).write(report);
            }
            return code;
        }
    }

    private void replay(Rows rows, Rerun rerun) {
        Progress progress = new Progress(spec.commandLine().getErr());
        while (rows.next()) {
            rerun.row(rows);
            progress.row(rows, rerun.rows());
        }
        progress.end();
    }

    private Model model(Pipeline pipeline, Forecaster forecaster) {
        return model == null ? Forecasters.model(pipeline, forecaster) : Forecasters.model(model, forecaster);
    }

    private Report.Title title(Pipeline pipeline, Rerun rerun, Model learned) {
        return new Report.Title(
                pipeline.name(),
                food.name(),
                pipeline.step(),
                pipeline.horizon(),
                learned.version(),
                new Report.Counts(rerun.rows(), rerun.late(), rerun.courses().size(), rerun.issued()));
    }

    private int answer(Pipeline pipeline, Rerun rerun, Scoreboard board, Scope scope) {
        if (rerun.issued() == 0) {
            throw new DataException(food.text() + ": no bucket of " + pipeline.step()
                    + " has closed before the file ended, so nothing was forecast");
        }
        if (2 * rerun.late() > rerun.rows()) {
            throw new DataException(food.text() + ": " + rerun.late() + " of " + rerun.rows()
                    + " rows came after the bucket of their time had closed: sort the file by time, all keys together");
        }
        if (board.all().ours().n() == 0 && scope.from() != Scope.ALL) {
            throw new DataException(food.text() + ": nothing is left to score: " + scope.text() + nothingLeft(scope));
        }
        double wape = board.all().ours().wape();
        double most = maxWape == null ? Double.POSITIVE_INFINITY : maxWape;
        boolean missed = maxWape != null && !(wape <= most);
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(json(pipeline, rerun, board, scope));
        } else {
            out.printf(
                    "%s over %s: %d rows of %d keys, %d late, %d forecasts%n%n",
                    pipeline.name(), food.text(), rerun.rows(), rerun.courses().size(), rerun.late(), rerun.issued());
            out.print(scope.text().isEmpty() ? "" : scope.text() + "\n\n");
            out.print(new ScoreTable(board).text());
            out.flush();
        }
        if (missed) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "tidecast: WAPE %s is above --max-wape %s%n",
                            ScoreTable.number(wape), ScoreTable.number(most));
        }
        return missed ? Tidecast.FAILED : 0;
    }

    private static String nothingLeft(Scope scope) {
        return scope.trained() == null
                ? "; none of them speaks of a bucket that has closed: take an earlier --from or a longer --holdout"
                : "; replay data that is newer, train on less (train --until TIME or --holdout 0.25),"
                        + " or take --score-all";
    }

    private String json(Pipeline pipeline, Rerun rerun, Scoreboard board, Scope scope) {
        JsonBytes json = new JsonBytes().raw("{\"pipeline\":").text(pipeline.name());
        json.raw(",\"data\":").text(food.text()).raw(",\"step\":").text(pipeline.step());
        json.raw(",\"horizon\":").number((long) pipeline.horizon());
        json.raw(",\"rows\":").number(rerun.rows()).raw(",\"late\":").number(rerun.late());
        json.raw(",\"keys\":").number((long) rerun.courses().size());
        json.raw(",\"forecasts\":").number(rerun.issued()).raw(",");
        scope.write(json);
        json.raw(",");
        new ScoreTable(board).write(json);
        return new String(json.raw("}").toBytes(), StandardCharsets.UTF_8);
    }
}
