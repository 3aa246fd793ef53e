package dev.tidecast.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The bench's answer as a table or as JSON. */
final class StreamReport {
    private StreamReport() {}

    static String table(BenchOptions options, List<Turns.Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "JDK %s, %d cores, %,d keys, %d events per close, horizon 28, medians of %d turns of %.0f s",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                options.keys(),
                Load.PER_BUCKET,
                BenchOptions.PAIRS,
                options.turnSeconds()));
        lines.add("");
        lines.add(text(
                "%-23s %-10s %10s %6s %9s %12s %12s %12s %8s %9s %6s",
                "guarantee",
                "topology",
                "records/s",
                "ratio",
                "CPU ratio",
                "app us/rec",
                "broker us/rec",
                "output B/rec",
                "log MB",
                "restore s",
                "MB/s"));
        for (Turns.Result result : results) {
            lines.add(row(result, result.forecaster(), text("%6.2f %9.2f", ratio(result), cpuRatio(result))));
            lines.add(row(result, result.bare(), text("%6d %9d", 1, 1)));
        }
        lines.add("");
        for (Turns.Result result : results) {
            lines.add(text(
                    "%s: ratios of the pairs %s; bytes per key: open %.0f, series %.0f; a forecast of an event %.0f, of a close %.0f, an accuracy record %.0f",
                    result.of().title(),
                    ratios(result).mapToObj(ratio -> text("%.2f", ratio)).collect(Collectors.joining(" ")),
                    result.shape().meanBytes(Shape.Kind.OPEN),
                    result.shape().meanBytes(Shape.Kind.SERIES),
                    result.shape().meanBytes(Shape.Kind.PARTIAL),
                    result.shape().meanBytes(Shape.Kind.CLOSE),
                    result.shape().meanBytes(Shape.Kind.ACCURACY)));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String row(Turns.Result result, Turns.Side side, String ratio) {
        return text(
                "%-23s %-10s %,10.0f %s %12.1f %12.1f %12.0f %8.0f %9.1f %6.0f",
                result.of().title(),
                side.name(),
                median(side, Turns.Turn::recordsPerSecond),
                ratio,
                median(side, Turns.Turn::appMicros),
                median(side, Turns.Turn::brokerMicros),
                side.sizes().outputPerRecord(),
                side.sizes().changelog() / 1e6,
                side.restoreSeconds(),
                restoreRate(side));
    }

    static String json(BenchOptions options, List<Turns.Result> results) {
        return text(
                "{\"jdk\":%d,\"cores\":%d,\"keys\":%d,\"events_per_close\":%d,\"pairs\":%d,\"turn_seconds\":%.1f,\"results\":[%s]}",
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                options.keys(),
                Load.PER_BUCKET,
                BenchOptions.PAIRS,
                options.turnSeconds(),
                results.stream().map(StreamReport::json).collect(Collectors.joining(",")));
    }

    private static String json(Turns.Result result) {
        return text(
                "{\"guarantee\":\"%s\",\"ratio\":%.3f,\"cpu_ratio\":%.3f,\"bytes\":{\"open\":%.0f,\"series\":%.0f,\"partial\":%.0f,\"close\":%.0f,\"accuracy\":%.0f},\"forecaster\":%s,\"bare\":%s}",
                result.of().title(),
                ratio(result),
                cpuRatio(result),
                result.shape().meanBytes(Shape.Kind.OPEN),
                result.shape().meanBytes(Shape.Kind.SERIES),
                result.shape().meanBytes(Shape.Kind.PARTIAL),
                result.shape().meanBytes(Shape.Kind.CLOSE),
                result.shape().meanBytes(Shape.Kind.ACCURACY),
                json(result.forecaster()),
                json(result.bare()));
    }

    private static String json(Turns.Side side) {
        return text(
                "{\"records_per_second\":%.0f,\"app_cpu_us\":%.2f,\"broker_cpu_us\":%.2f,\"output_bytes\":%.0f,\"changelog_bytes\":%d,\"restore_seconds\":%.2f,\"restored_records\":%d,\"restore_mb_per_second\":%.1f}",
                median(side, Turns.Turn::recordsPerSecond),
                median(side, Turns.Turn::appMicros),
                median(side, Turns.Turn::brokerMicros),
                side.sizes().outputPerRecord(),
                side.sizes().changelog(),
                side.restoreSeconds(),
                side.restoredRecords(),
                restoreRate(side));
    }

    /** Changelog bytes on the broker over the time from the start to the moment everything is restored and runs. */
    private static double restoreRate(Turns.Side side) {
        return side.sizes().changelog() / 1e6 / side.restoreSeconds();
    }

    private static double ratio(Turns.Result result) {
        return median(ratios(result).toArray());
    }

    /** The same ratio from what a record costs, which neighbours on the machine move less than they move the clock. */
    private static double cpuRatio(Turns.Result result) {
        return median(result.bare(), Turns.Turn::appMicros) / median(result.forecaster(), Turns.Turn::appMicros);
    }

    private static DoubleStream ratios(Turns.Result result) {
        return IntStream.range(0, BenchOptions.PAIRS)
                .mapToDouble(pair -> result.forecaster().turns().get(pair).recordsPerSecond()
                        / result.bare().turns().get(pair).recordsPerSecond());
    }

    private static double median(Turns.Side side, ToDoubleFunction<Turns.Turn> figure) {
        return median(side.turns().stream().mapToDouble(figure).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
