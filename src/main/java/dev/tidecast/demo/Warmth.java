package dev.tidecast.demo;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.stream.ForecastStream;
import java.nio.file.Path;
import java.util.Map;

/** Loads the classes of a forecaster ahead of time, by building one that is never started. */
final class Warmth {
    private Warmth() {}

    /** @param states where it may leave an empty folder */
    static void load(Pipeline pipeline, Path states) {
        Map<String, String> nowhere = Map.of("bootstrap.servers", "127.0.0.1:9", "state.dir", states.toString());
        try (Meters meters = new Meters();
                ForecastStream unused = new ForecastStream(pipeline.withKafka(nowhere), meters)) {
            unused.health();
        }
    }
}
