package dev.tidecast.cli;

import dev.tidecast.backtest.DataException;
import dev.tidecast.backtest.LongForm;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.TrainingSpan;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.History;
import dev.tidecast.learn.Members;
import dev.tidecast.learn.Progress;
import dev.tidecast.learn.Recipe;
import dev.tidecast.learn.Synthesis;
import dev.tidecast.learn.TrackHistory;
import dev.tidecast.learn.Trained;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** {@code tidecast train FILE --from DATA --out MODEL}: history in, model out; with {@code --made N} from made series. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Train the network of a pipeline on a data file. Uses all cores (one update up to four); the same seed gives the same bytes on any number.",
            "The file: gzip or plain CSV with the columns key, timestamp, value. Needs no broker.",
            "Without a history, --made trains a starter model on series of our own making."
        })
final class Train implements Callable<Integer> {
    private static final long YEAR = 365 * 86_400_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file (YAML); its model names the network.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Food food;

    @Option(names = "--out", required = true, paramLabel = "MODEL", description = "Where the model goes.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--passes",
            paramLabel = "N",
            description = "How often every step is visited, default ${DEFAULT-VALUE}.")
    private int passes = Recipe.standard().passes().count();

    @Option(names = "--seed", paramLabel = "S", description = "Of all that is random, default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--all",
            description =
                    "Learn from the last horizon of each key too; then nothing is left to choose the best weights by.")
    private boolean all;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Learned learned;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    /** What is learnt from: a file, or series made here. */
    private static final class Food {
        /** A starter model is for keys that begin: their first steps count in full. */
        private static final float COLD = 1;

        @Option(names = "--from", paramLabel = "DATA", description = "The data file (CSV, may be gzip).")
        private @Nullable Path data;

        @Option(
                names = "--made",
                paramLabel = "N",
                description = "Instead of a data file: so many series made from the seed, for daily counts and prices.")
        private int made;

        Pasts pasts(Pipeline pipeline, Forecaster forecaster, long seed) {
            Pasts pasts = new Pasts(forecaster);
            if (data == null) {
                pasts.take(Synthesis.of(forecaster.settings(), made, seed));
                return pasts;
            }
            try (LongForm rows = LongForm.open(data, pipeline.buckets().zone(), pipeline.censoredColumn())) {
                pasts.read(rows);
            }
            return pasts;
        }

        Recipe recipe() {
            return data == null ? Recipe.standard().withCold(COLD).withMade(0) : Recipe.standard();
        }

        @Override
        public String toString() {
            return data == null ? made + " made series" : data.toString();
        }
    }

    @Override
    public Integer call() {
        OutputPath.checkFile("--out", out);
        if (food.made < 0 || food.data == null && food.made == 0) {
            throw new ParameterException(spec.commandLine(), "--made is at least 1");
        }
        if (passes < 1) {
            throw new ParameterException(spec.commandLine(), "--passes is at least 1");
        }
        Pipeline pipeline = PipelineReader.read(file);
        Forecaster forecaster = Forecasters.of(pipeline);
        if (forecaster.net() == null) {
            spec.commandLine()
                    .getErr()
                    .println("tidecast: " + file
                            + " names no network to train: add a line such as  model: {cell: lstm, units: [40]}");
            return Tidecast.WRONG_USAGE;
        }
        if (food.made > 0 && !learned.whole()) {
            throw new ParameterException(spec.commandLine(), "--until and --holdout are for a data file (--from)");
        }
        if (food.made > 0 && !Synthesis.knows(forecaster.settings())) {
            throw new ParameterException(
                    spec.commandLine(), "--made knows daily counts (season 7) and prices in buckets, not " + file);
        }
        try (Crew crew = Crew.ofAllCores()) {
            return train(pipeline, forecaster, crew);
        } catch (DataException e) {
            spec.commandLine().getErr().println("tidecast: " + e.getMessage());
            return Tidecast.WRONG_USAGE;
        }
    }

    private int train(Pipeline pipeline, Forecaster forecaster, Crew crew) {
        long began = System.nanoTime();
        Pasts pasts = food.pasts(pipeline, forecaster, seed);
        learned.cut(new Cut(spec.commandLine(), pipeline.buckets()), pasts, food.toString());
        List<History> histories = TrackHistory.of(forecaster, pasts.keys(), crew);
        long steps = histories.stream().mapToLong(History::steps).sum();
        Recipe recipe = food.recipe().withPasses(passes).withSeed(seed).withValidate(!all);
        TrainingLine line = new TrainingLine(spec.commandLine().getErr());
        Trained trained = Members.train(forecaster, recipe, crew, histories, line::pass);
        line.end();
        if (trained.course().isEmpty()) {
            throw new DataException(
                    food + ": no key has two steps of " + pipeline.step() + ", so nothing can be learnt");
        }
        TrainingSpan span = food.data == null ? null : pasts.span();
        Model model = model(forecaster, trained, pasts).withTrained(span);
        write(ModelBytes.of(forecaster.modelShape(), model));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("pipeline", pipeline.name());
        answer.put("data", food.toString());
        answer.put("rows", pasts.rows());
        answer.put("passed_over", pasts.passedOver());
        answer.put("keys", histories.size());
        answer.put("steps", steps);
        answer.put("weights", trained.weights().length);
        answer.put("seed", seed);
        course(trained, answer);
        answer.put("seconds", Math.round((System.nanoTime() - began) / 1e8) / 10.0);
        answer.put("model", out.toString());
        answer.put("version", model.version());
        if (span != null) {
            answer.put("trained_from", Instant.ofEpochMilli(span.from()).toString());
            answer.put("trained_until", Instant.ofEpochMilli(span.until()).toString());
        }
        List<String> notes = notes(forecaster, trained, span);
        answer.put("notes", notes);
        say(trained, answer, notes);
        return 0;
    }

    private static Model model(Forecaster forecaster, Trained trained, Pasts pasts) {
        return new Rehearsal(forecaster)
                .trained(trained.weights(), trained.roads(), pasts.keys().values());
    }

    /** What the one who trains should know of the data, with what can be done. */
    private List<String> notes(Forecaster forecaster, Trained trained, @Nullable TrainingSpan span) {
        List<String> notes = new ArrayList<>();
        NetSpec net = forecaster.settings().net();
        if (span != null && net != null && net.calendar() && span.until() - span.from() < YEAR) {
            notes.add(
                    "less than a year of data, and the network reads the time of year: set  model: {calendar: false}");
        }
        if (!all && Double.isNaN(trained.validation())) {
            notes.add("the histories are too short to hold anything back, so the last weights were kept unchecked:"
                    + " train on longer ones, or use a starter model");
        }
        return notes;
    }

    private static void course(Trained trained, Map<String, Object> answer) {
        List<Object> losses = new ArrayList<>();
        List<Object> held = new ArrayList<>();
        for (Progress pass : trained.course()) {
            losses.add(pass.loss());
            held.add(pass.validation());
        }
        answer.put("passes", trained.course().size());
        answer.put("chosen_pass", trained.chosen());
        answer.put("loss", losses);
        answer.put("validation_loss", held);
        answer.put("validation_loss_at_start", trained.start());
        answer.put("validation_loss_of_model", trained.validation());
        answer.put(
                "refused_gradients",
                trained.course().get(trained.course().size() - 1).refused());
    }

    private void say(Trained trained, Map<String, Object> answer, List<String> notes) {
        if (output == OutputFormat.JSON) {
            spec.commandLine().getOut().println(Json.line(answer));
            return;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        "%s learnt from %s: %s keys, %s steps%n%s%n%s: version %s, %s weights, %s s%n",
                        answer.get("pipeline"),
                        food,
                        answer.get("keys"),
                        answer.get("steps"),
                        TrainingLine.summary(trained),
                        out,
                        answer.get("version"),
                        answer.get("weights"),
                        answer.get("seconds"));
        if (answer.containsKey("trained_until")) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            "it has learnt from %s until %s: backtest scores what comes after%n",
                            answer.get("trained_from"), answer.get("trained_until"));
        }
        notes.forEach(note -> spec.commandLine().getOut().println("note: " + note));
    }

    private void write(byte[] model) {
        try {
            Files.write(out, model);
        } catch (IOException e) {
            throw new Failure(out + ": the model cannot be written (" + e.getMessage() + ")", e);
        }
    }
}
