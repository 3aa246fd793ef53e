package dev.tidecast.backtest;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small pipelines and made series for the tests of this package. */
public final class Made {
    public static final long DAY = 86_400_000L;
    /** 2026-01-01T00:00Z. */
    public static final long NEW_YEAR = 1_767_225_600_000L;

    private Made() {}

    public static Pipeline days(String kind, int horizon) {
        return pipeline(
                "bucket: {size: P1D, aggregate: sum}\nseason: 7\ntarget: {kind: " + kind + "}\nhorizon: " + horizon);
    }

    public static Pipeline pipeline(String more) {
        return pipeline(more, "[0.1, 0.5, 0.9]");
    }

    public static Pipeline pipeline(String more, String quantiles) {
        String yaml = "pipeline: made\nsources:\n  all: {topic: all, key: record, value: /v}\n" + "quantiles: "
                + quantiles + "\n" + more + "\n";
        return PipelineReader.read("made.yaml", yaml.getBytes(StandardCharsets.UTF_8), name -> null, Path.of("."));
    }

    public static Forecaster forecaster(Pipeline pipeline) {
        return Forecasters.forCloses(pipeline);
    }

    public static long[] daily(int days) {
        long[] times = new long[days];
        for (int i = 0; i < days; i++) {
            times[i] = NEW_YEAR + i * DAY + DAY / 3;
        }
        return times;
    }

    public static Table table(double[]... series) {
        List<Table.Line> lines = new ArrayList<>();
        for (int i = 0; i < series.length; i++) {
            lines.add(new Table.Line("k" + i, series[i]));
        }
        return new Table(daily(series[0].length), lines);
    }

    /** A weekly shape with noise, whole numbers from 0. */
    public static double[] weekly(long seed, int days) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[days];
        for (int i = 0; i < days; i++) {
            values[i] = Math.max(0, Math.rint(20 + 8 * (i % 7 == 5 ? 1 : 0) + random.nextInt(-4, 5)));
        }
        return values;
    }

    /** Runs a table and hands every forecast and judgement to a judge. */
    public static Rerun run(Pipeline pipeline, Table table, Judge judge) {
        Forecaster forecaster = forecaster(pipeline);
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), judge);
        if (judge instanceof Scoreboard board) {
            board.against(rerun.rivals());
        }
        rerun.run(table.rows());
        return rerun;
    }
}
