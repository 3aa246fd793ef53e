package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The renderings beside the shipped pipelines are those of the real topologies. What differs from one commit to the next
 * is a change of operators, stores or internal topics, and so of what running pipelines have stored. {@code mvn test
 * -Dtest=TopologyRenderingTest -Dgolden=write} writes them anew.
 */
class TopologyRenderingTest {
    private static final Path FOLDER = Path.of("topology");

    static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void isTheOneInTheRepository(Path file) throws IOException {
        Topology topology = topology(PipelineReader.read(file));
        String name = file.getFileName().toString().replace(".yaml", "");
        golden(FOLDER.resolve(name + ".txt"), topology.describe().toString());
        golden(FOLDER.resolve(name + ".mmd"), Drawing.of(topology));
    }

    @Test
    void everyRenderingBelongsToAPipeline() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(Path::toString).filter(f -> f.endsWith(".txt") || f.endsWith(".mmd")))
                    .allMatch(f -> Files.exists(Path.of(f.replaceAll("\\.(txt|mmd)$", ".yaml"))));
        }
    }

    @Test
    void onlyAKeyThatIsReMadeCostsARepartitionTopic() {
        assertThat(topology(Pipelines.recordKey()).describe().subtopologies()).hasSize(1);
        TopologyDescription reMade = topology(Pipelines.compositeKey()).describe();
        assertThat(reMade.subtopologies()).hasSize(2);
        assertThat(reMade.toString()).contains("by-key-repartition");
    }

    private static Topology topology(Pipeline pipeline) {
        try (Meters meters = new Meters()) {
            Pipeline anywhere = pipeline.withKafka(Map.of("bootstrap.servers", "127.0.0.1:9", "state.dir", "none"));
            StreamsConfig config = StreamSettings.of(anywhere, meters.pipeline(pipeline.name()));
            return new ForecastTopology(anywhere, meters.pipeline(pipeline.name()), InstantSource.system())
                    .build(config);
        }
    }

    private static void golden(Path file, String text) throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(file, text);
        }
        assertThat(file).as("write it with -Dgolden=write").exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
