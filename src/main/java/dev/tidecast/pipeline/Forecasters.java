package dev.tidecast.pipeline;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Sources;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.ModelException;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one place that builds a forecaster from a pipeline. */
public final class Forecasters {
    private static final Duration IDLE_AFTER = Duration.ofMinutes(5);

    private Forecasters() {}

    /** The forecaster of a pipeline: experts and, where {@code model} asks for one, a network. */
    public static Forecaster of(Pipeline pipeline) {
        return new Forecaster(settings(pipeline));
    }

    /** The same forecaster, silent between closes: for whoever scores forecasts, which are those issued at a close. */
    public static Forecaster forCloses(Pipeline pipeline) {
        return new Forecaster(settings(pipeline).withEmit(Emit.BUCKET));
    }

    /** The model a pipeline starts from: that of its file, else the experts alone. */
    public static Model model(Pipeline pipeline, Forecaster forecaster) {
        ModelSpec spec = pipeline.model();
        return spec == null || spec.file() == null ? forecaster.firstModel() : model(spec.file(), forecaster);
    }

    /**
     * The model in a file.
     *
     * @throws PipelineException if there is none that this forecaster can use
     */
    public static Model model(Path file, Forecaster forecaster) {
        try {
            return ModelBytes.read(forecaster.modelShape(), Files.readAllBytes(file));
        } catch (IOException e) {
            String what = Files.exists(file) ? "cannot be read" : "there is no such file: tidecast train makes it";
            throw new PipelineException(List.of(new Problem(file.toString(), 0, what, null, null)));
        } catch (ModelException e) {
            throw new PipelineException(
                    List.of(new Problem(file.toString(), 0, String.valueOf(e.getMessage()), null, null)));
        }
    }

    /** From where the forecaster's observations come: its own partition of the topic, or all of them by way of another. */
    public static Sources sources(Pipeline pipeline) {
        return pipeline.source().key().isRecordKey() ? Sources.ONE : Sources.several(IDLE_AFTER);
    }

    /** What a forecaster needs to know of a pipeline. */
    public static Settings settings(Pipeline pipeline) {
        return Settings.in(pipeline.name(), pipeline.buckets())
                .target(pipeline.target())
                .seasons(pipeline.seasons())
                .grace(pipeline.late().grace())
                .missing(pipeline.missing())
                .horizon(pipeline.horizon())
                .quantiles(pipeline.quantiles())
                .totals(pipeline.totals())
                .emit(pipeline.emit())
                .net(net(pipeline))
                .known(pipeline.known() == null ? null : pipeline.known().table())
                .kinship(pipeline.source().key().kinship())
                .build();
    }

    private static @Nullable NetSpec net(Pipeline pipeline) {
        ModelSpec model = pipeline.model();
        if (model == null) {
            return null;
        }
        ModelSpec.Reading reading = model.reading();
        return NetSpec.of(
                        model.cell(),
                        model.units().stream().mapToInt(Integer::intValue).toArray())
                .options(model.options())
                .lags(model.lags().stream().mapToInt(Integer::intValue).max().orElse(0))
                .project(reading.project())
                .window(reading.window())
                .calendar(reading.calendar())
                .form(reading.form())
                .build(pipeline.seasons());
    }
}
