package dev.tidecast.nn;

import dev.tidecast.kernel.OrderBenchmark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code bin/bench core}: the neural core's speed as ratios of what was measured side by side: rounds of all variants in turn,
 * each in a JVM of its own, the median of the rounds told. Steps are told by their median and 99th percentile, learning by
 * processor time, so that other work on the machine disturbs little.
 */
public final class CoreBench {
    private static final String[] KERNELS = {"vector", "scalar"};
    private static final String[] SIZES = {"64x32", "128x32", "64x1", "128x1"};

    private final Map<String, List<Double>> measured = new LinkedHashMap<>();

    private CoreBench() {}

    public static void main(String[] args) throws RunnerException {
        List<String> words = Arrays.asList(args);
        int rounds = words.contains("--quick") ? 1 : 3;
        CoreBench bench = new CoreBench();
        for (int round = 0; round < rounds; round++) {
            System.err.println("round " + (round + 1) + " of " + rounds);
            bench.round();
        }
        Map<String, Double> figures = bench.figures();
        // Standard output is what a benchmark is for: bin/bench hands it on, to a person or a program.
        System.out.println(words.contains("json") ? json(figures) : table(figures));
    }

    private void round() throws RunnerException {
        note("peak GFLOP/s", PeakBenchmark.operations() / cpuMicros(options("PeakBenchmark.peak", "vector")) / 1e3);
        step("ejml", "ejml", "scalar");
        for (String kernels : KERNELS) {
            step("step", "step " + kernels, kernels);
        }
        for (String kernels : KERNELS) {
            for (String size : SIZES) {
                note("learn " + size + " " + kernels + " us", learn(size, kernels));
            }
        }
        for (String kernel : OrderBenchmark.KERNELS) {
            note("order " + kernel + " ns", order(kernel, false));
            note("free " + kernel + " ns", order(kernel, true));
        }
    }

    private static double order(String kernel, boolean free) throws RunnerException {
        OptionsBuilder options = options("OrderBenchmark." + kernel, "vector");
        options.param("free", String.valueOf(free));
        return 1e3 * cpuMicros(options) / OrderBenchmark.RUNS;
    }

    private void step(String method, String name, String kernels) throws RunnerException {
        OptionsBuilder options = options("StepBenchmark." + method, kernels);
        var statistics = only(options).getPrimaryResult().getStatistics();
        note(name + " p50 ns", statistics.getPercentile(50));
        note(name + " p99 ns", statistics.getPercentile(99));
    }

    private static double learn(String size, String kernels) throws RunnerException {
        OptionsBuilder options = options("TrainBenchmark.learn", kernels);
        options.param("size", size);
        return cpuMicros(options);
    }

    private static double cpuMicros(OptionsBuilder options) throws RunnerException {
        var counters = only(options).getSecondaryResults();
        return counters.get("nanos").getScore() / counters.get("runs").getScore() / 1e3;
    }

    private static OptionsBuilder options(String benchmark, String kernels) {
        OptionsBuilder options = new OptionsBuilder();
        options.include(benchmark + "$")
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend(
                        "-Dtidecast.kernels=" + kernels, "--add-modules=jdk.incubator.vector", "-XX:+UseSerialGC");
        return options;
    }

    private static RunResult only(OptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.iterator().next();
    }

    private void note(String name, double value) {
        measured.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        System.err.printf(Locale.ROOT, "  %-28s %.1f%n", name, value);
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        measured.forEach((name, values) -> {
            List<Double> sorted = values.stream().sorted().toList();
            figures.put(name, sorted.get(sorted.size() / 2));
        });
        double peak =
                measured.get("peak GFLOP/s").stream().mapToDouble(v -> v).max().orElse(Double.NaN);
        for (String kernels : KERNELS) {
            figures.put(
                    "step " + kernels + " times ejml",
                    figures.get("ejml p50 ns") / figures.get("step " + kernels + " p50 ns"));
        }
        for (String kernels : KERNELS) {
            for (String size : SIZES) {
                double gflops =
                        TrainBenchmark.operations(size) / figures.get("learn " + size + " " + kernels + " us") / 1e3;
                figures.put("learn " + size + " " + kernels + " % of peak", 100 * gflops / peak);
            }
        }
        for (String kernel : OrderBenchmark.KERNELS) {
            figures.put(
                    "order " + kernel + " times free",
                    figures.get("order " + kernel + " ns") / figures.get("free " + kernel + " ns"));
        }
        return figures;
    }

    private static String table(Map<String, Double> figures) {
        StringBuilder text = new StringBuilder();
        text.append("JDK ").append(Runtime.version().feature()).append('\n');
        figures.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-34s %12.1f%n", name, value)));
        return text.toString();
    }

    private static String json(Map<String, Double> figures) {
        List<String> fields = new ArrayList<>();
        fields.add("\"jdk\": " + Runtime.version().feature());
        figures.forEach((name, value) -> fields.add(String.format(
                Locale.ROOT, "\"%s\": %.3f", name.replace(' ', '_').replace("%", "percent"), value)));
        return "{" + String.join(", ", fields) + "}";
    }
}
