package dev.tidecast.cli;

import dev.tidecast.pipeline.BucketWords;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineException;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.pipeline.Problem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidecast validate FILE...}: reads pipeline files and says everything that is wrong in them. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Check pipeline files: every mistake with its line. Needs no broker.")
final class Validate implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Pipeline files (YAML).")
    private List<Path> files = List.of();

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        List<Map<String, Object>> answers = new ArrayList<>();
        boolean ok = true;
        for (Path file : files) {
            try {
                answers.add(sound(file, PipelineReader.read(file)));
            } catch (PipelineException e) {
                answers.add(refused(file, e));
                ok = false;
            }
        }
        if (output == OutputFormat.JSON) {
            out().println(Json.line(Map.of("files", answers)));
        }
        return ok ? 0 : Tidecast.WRONG_USAGE;
    }

    private Map<String, Object> sound(Path file, Pipeline pipeline) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", file.toString());
        answer.put("ok", true);
        answer.put("pipeline", pipeline.name());
        answer.put("source", pipeline.source().topic());
        answer.put("forecasts", pipeline.topic(Kind.FORECASTS));
        answer.put("bucket", pipeline.buckets().text());
        answer.put("horizon", pipeline.horizon());
        BucketWords words = BucketWords.of(pipeline);
        answer.put("number", words.number());
        answer.put("empty", words.empty());
        answer.put("season", words.season());
        if (output == OutputFormat.TEXT) {
            out().printf(
                            "%s: ok: %s reads %s, forecasts %d steps of %s into %s%n",
                            file,
                            pipeline.name(),
                            pipeline.source().topic(),
                            pipeline.horizon(),
                            pipeline.buckets().isNone()
                                    ? "one event"
                                    : pipeline.buckets().text(),
                            pipeline.topic(Kind.FORECASTS));
            out().printf("  %s%n", words.line());
        }
        return answer;
    }

    private Map<String, Object> refused(Path file, PipelineException refused) {
        List<Map<String, Object>> problems = new ArrayList<>();
        for (Problem problem : refused.problems()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("line", problem.line());
            one.put("message", problem.text());
            problems.add(one);
        }
        if (output == OutputFormat.TEXT) {
            spec.commandLine().getErr().println(refused.getMessage());
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("file", file.toString());
        answer.put("ok", false);
        answer.put("problems", problems);
        return answer;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
