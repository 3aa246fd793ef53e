package dev.tidecast.pipeline;

import dev.tidecast.forecast.Settings;

/** The one place that builds a forecaster from a pipeline. */
public final class Forecasters {
    private Forecasters() {}

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
                pipeline.season(),
                pipeline.late().grace().toMillis(),
                pipeline.missing(),
                pipeline.emit());
    }
}
