package dev.tidecast.cli;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.pipeline.BucketWords;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidecast plan FILE}: what a pipeline will read, write and keep, before it runs. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Say what a pipeline reads, writes and keeps per key, byte by byte. Needs no broker.")
final class Plan implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The pipeline file (YAML).")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        Pipeline pipeline = PipelineReader.read(file);
        Forecaster forecaster = Forecasters.of(pipeline);
        Model model = Forecasters.model(pipeline, forecaster);
        Map<String, Integer> parts = forecaster.keptBytes();
        Map<String, Object> answer = steps(pipeline);
        answer.put(
                "bytes_per_key",
                parts.values().stream().mapToInt(Integer::intValue).sum());
        answer.put("bytes", parts);
        answer.put("model_version", model.version());
        ForecastNet net = forecaster.net();
        if (net != null) {
            answer.put("features", net.inputs());
            answer.put("weights", net.network().weights());
            answer.put("members", net.members());
            answer.put("recurrent", net.network().recurrent());
        }
        if (output == OutputFormat.JSON) {
            spec.commandLine().getOut().println(Json.line(answer));
        } else {
            say(answer, parts);
        }
        return 0;
    }

    /** What is read and written, and what a step is. */
    private static Map<String, Object> steps(Pipeline pipeline) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("pipeline", pipeline.name());
        answer.put("reads", pipeline.source().topic());
        answer.put("writes", pipeline.topic(Kind.FORECASTS));
        answer.put("bucket", pipeline.step());
        answer.put("horizon", pipeline.horizon());
        BucketWords words = BucketWords.of(pipeline);
        answer.put("number", words.number());
        answer.put("empty", words.empty());
        answer.put("season", words.season());
        return answer;
    }

    private void say(Map<String, Object> answer, Map<String, Integer> parts) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s: %s -> %s, %s steps of %s%n",
                answer.get("pipeline"),
                answer.get("reads"),
                answer.get("writes"),
                answer.get("horizon"),
                answer.get("bucket"));
        out.printf("%s; %s%n%s%n", answer.get("number"), answer.get("empty"), answer.get("season"));
        if (answer.containsKey("weights")) {
            out.printf(
                    "network: %s features, %s weights, %s; model %s%n",
                    answer.get("features"),
                    answer.get("weights"),
                    Boolean.TRUE.equals(answer.get("recurrent")) ? "recurrent" : "reads a window at every step",
                    answer.get("model_version"));
        }
        out.printf("%nkept per key, written once per closed bucket%n");
        parts.forEach((part, bytes) -> out.printf("  %-26s %,8d B%n", part, bytes));
        out.printf("  %-26s %,8d B%n", "in all", sum(parts));
    }

    private static int sum(Map<String, Integer> parts) {
        return parts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
