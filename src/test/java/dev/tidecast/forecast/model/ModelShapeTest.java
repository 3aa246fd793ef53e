package dev.tidecast.forecast.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapeTest {
    private static final String NET = "network lstm[40]{forget=1, peep=true} 28 40 28 true";
    private static final String SHAPE = "target count\nhorizon 28\nseasons [7]\n" + NET;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[40]|[32]|the model is for units [40], the pipeline has units [32]: |, or set model: {units: [40]} in",
                "lstm|gru|the model is for cell lstm, the pipeline has cell gru: |, or set model: {cell: lstm} in",
                "forget=1|forget=0|the model is for options {forget=1, peep=true}, |name another model file",
                "} 28|} 14|the model is for lags 28, the pipeline has lags 14: |, or set model: {lags: 28} in",
                "28 true members 3|28 true|the model is for members 3, the pipeline has members 1: |, or set model: {members: 3} in",
                "28 true rebuilt|28 true|the model is for state rebuilt, the pipeline has state as usual: |model file",
                "horizon 28|horizon 14|the model is for horizon 28, the pipeline has horizon 14: |or set horizon: 28 in",
                "[7]|[24]|the model is for seasons [7], the pipeline has seasons [24]: |, or set season: [7] in",
            })
    void whatDiffersIsToldInTheWordsOfAPipelineFile(String model, String pipeline, String told, String cure) {
        String found = SHAPE.contains(model) ? SHAPE : SHAPE.replace(pipeline, model);
        String expected = found.replace(model, pipeline);
        assertThatThrownBy(() -> ModelShape.same(found, expected))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(told)
                .hasMessageContaining(cure)
                .hasMessageNotContaining("network");
    }

    @Test
    void aModelWithoutNetworkOrAPipelineWithoutOneIsTold() {
        String bare = SHAPE.replace(NET, "network none");
        assertThatThrownBy(() -> ModelShape.same(SHAPE, bare))
                .hasMessageContaining("has a network, the pipeline names none");
        assertThatThrownBy(() -> ModelShape.same(bare, SHAPE)).hasMessageContaining("is of experts alone");
        assertThatCode(() -> ModelShape.same(SHAPE, SHAPE)).doesNotThrowAnyException();
    }
}
