package dev.tidecast.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Pipeline files as texts, for tests. */
final class Yaml {
    static final String SMALLEST = """
            pipeline: shop
            sources:
              demand: {topic: sales, key: record, value: /qty}
            bucket: {size: P1D}
            horizon: 28
            """;

    private Yaml() {}

    static Pipeline read(String yaml) {
        return read("shop.yaml", yaml, Map.of());
    }

    static Pipeline read(String name, String yaml, Map<String, String> environment) {
        return PipelineReader.read(name, yaml.getBytes(StandardCharsets.UTF_8), environment::get, Path.of("."));
    }
}
