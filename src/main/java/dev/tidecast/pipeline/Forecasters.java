package dev.tidecast.pipeline;

import dev.tidecast.forecast.Emit;
import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Settings;

/** The one place that builds a forecaster from a pipeline. */
public final class Forecasters {
    private Forecasters() {}

    /** The forecaster of a pipeline: as of now its experts, whatever {@code model} and {@code learn} ask for. */
    public static Forecaster of(Pipeline pipeline) {
        return new Forecaster(settings(pipeline));
    }

    /** The same forecaster, silent between closes: for whoever scores forecasts, which are those issued at a close. */
    public static Forecaster forCloses(Pipeline pipeline) {
        return new Forecaster(settings(pipeline).withEmit(Emit.BUCKET));
    }

    /** What a forecaster needs to know of a pipeline. */
    public static Settings settings(Pipeline pipeline) {
        return new Settings(
                pipeline.name(),
                pipeline.buckets(),
                pipeline.horizon(),
                pipeline.quantiles(),
                pipeline.target().kind(),
                pipeline.target().min(),
                pipeline.target().max(),
                new int[] {pipeline.season()},
                pipeline.late().grace().toMillis(),
                pipeline.missing(),
                pipeline.emit(),
                null);
    }
}
