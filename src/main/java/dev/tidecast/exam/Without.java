package dev.tidecast.exam;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.pipeline.KnownSpec;
import dev.tidecast.pipeline.ModelSpec;
import dev.tidecast.pipeline.Pipeline;
import java.util.Collections;
import java.util.List;

/** What a forecaster can be made to do without, to see what it earns. */
public enum Without {
    /** The linear map beside the cell. */
    HIGHWAY,
    /** A cell that remembers: a plain layer stands in. */
    RECURRENCE,
    /** Everyone but the network. */
    EXPERTS,
    /** Weights that follow the errors. */
    MIXING,
    /** Quantiles that follow the misses. */
    CALIBRATION,
    /** Level and scale of each key. */
    SCALING,
    /** A state that goes on from step to step: it is rebuilt at every step, from what was read in the last window. */
    CARRYING,
    /** What keys with the same attributes have of their own. */
    ATTRIBUTES,
    /** What is known in advance. */
    KNOWN;

    /** The pipeline without it. */
    public Pipeline of(Pipeline pipeline) {
        ModelSpec model = pipeline.model();
        if (model == null) {
            return pipeline;
        }
        return switch (this) {
            case HIGHWAY ->
                pipeline.withModel(model.withForm(model.reading().form().withoutHighway()));
            case SCALING ->
                pipeline.withModel(model.withForm(model.reading().form().withoutScaling()));
            case CARRYING ->
                pipeline.withModel(model.withForm(model.reading().form().withoutCarrying()));
            case RECURRENCE ->
                pipeline.withModel(model.withCell("dense", List.of(model.units().get(0))));
            case ATTRIBUTES -> pipeline.withAttributes(Kinship.NONE);
            case KNOWN -> pipeline.withKnown((KnownSpec) null);
            case EXPERTS, MIXING, CALIBRATION -> pipeline;
        };
    }

    /** The pipeline with another cell, each of its layers as wide as the first one was. */
    public static Pipeline with(Pipeline pipeline, String cell, int layers) {
        ModelSpec model = pipeline.model();
        return model == null
                ? pipeline
                : pipeline.withModel(model.withCell(
                        cell, Collections.nCopies(layers, model.units().get(0))));
    }

    /** The model without it. */
    public Model of(Model model) {
        return switch (this) {
            case EXPERTS -> model.withoutExperts();
            case MIXING -> model.withoutMixing();
            case CALIBRATION -> model.withoutCalibration();
            case HIGHWAY, RECURRENCE, SCALING, CARRYING, ATTRIBUTES, KNOWN -> model;
        };
    }
}
