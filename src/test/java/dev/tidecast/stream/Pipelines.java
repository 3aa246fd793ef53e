package dev.tidecast.stream;

import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Pipelines for the tests of this package. */
final class Pipelines {
    static final String RECORD_KEY = """
            pipeline: meters
            kafka: {bootstrap.servers: "127.0.0.1:9092", state.dir: state}
            sources:
              load: {topic: readings, key: record, value: /kwh, time: /at}
            bucket:    {size: PT1H, aggregate: sum}
            horizon:   6
            season:    4
            target:    {kind: nonneg}
            max_future: none
            """;

    static final String COMPOSITE_KEY = """
            pipeline: shop
            kafka: {bootstrap.servers: "127.0.0.1:9092", state.dir: state}
            sources:
              demand: {topic: sales, key: [/store, /sku], value: /qty, time: /at}
            bucket:    {size: P1D, zone: Europe/Prague, aggregate: sum}
            horizon:   7
            target:    {kind: count}
            late:      {grace: PT6H, after: dlq}
            max_future: none
            """;

    private Pipelines() {}

    static Pipeline recordKey() {
        return read(RECORD_KEY);
    }

    static Pipeline compositeKey() {
        return read(COMPOSITE_KEY);
    }

    /** The pipeline of a text, with some of its lines written differently. */
    static Pipeline read(String yaml, String... replaced) {
        String text = yaml;
        for (int i = 0; i < replaced.length; i += 2) {
            if (!text.contains(replaced[i])) {
                throw new IllegalArgumentException("no " + replaced[i] + " in the pipeline");
            }
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        try {
            Path file = Files.createTempFile("pipeline", ".yaml");
            try {
                return PipelineReader.read(Files.writeString(file, text));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Pipeline onBroker(Pipeline pipeline, String bootstrap, Path stateDir) {
        return pipeline.withKafka(Map.of("bootstrap.servers", bootstrap, "state.dir", stateDir.toString()));
    }
}
