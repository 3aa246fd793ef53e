package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidecast.pipeline.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first pipeline of {@code docs/configuration.md} does what the page says of it. */
class SmallestPipelineTest {
    private static final Instant DAY = Instant.parse("2026-11-17T00:00:00Z");

    @TempDir
    private Path folder;

    private static String example() throws IOException {
        Matcher block = Pattern.compile("## The smallest one\\s+```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/configuration.md")));
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static void sell(Rig rig, String key, int day, int hour, int qty) {
        Instant at = DAY.plus(Duration.ofDays(day)).plus(Duration.ofHours(hour));
        rig.send(new TestRecord<>(Rig.utf8(key), Rig.utf8("{\"qty\":" + qty + "}"), at));
    }

    private static JsonNode last(Rig rig, Kind kind) throws IOException {
        List<TestRecord<String, byte[]>> records = rig.read(kind);
        return new ObjectMapper().readTree(records.get(records.size() - 1).value());
    }

    @Test
    void salesOfADayAreSummed() throws IOException {
        String yaml = example() + "kafka: {bootstrap.servers: \"127.0.0.1:9092\"}\n";
        try (Rig rig = new Rig(Pipelines.read(yaml), folder)) {
            sell(rig, "tea", 0, 9, 10);
            sell(rig, "tea", 0, 15, 10);
            JsonNode today = last(rig, Kind.FORECASTS).get("steps").get(0);
            assertThat(today.get("ts").asText()).isEqualTo(DAY.toString());
            assertThat(today.get("p50").asDouble()).isBetween(18.0, 22.0);

            sell(rig, "tea", 1, 9, 10);
            JsonNode tomorrow = last(rig, Kind.FORECASTS).get("steps").get(1);
            assertThat(tomorrow.get("p50").asDouble()).isBetween(15.0, 25.0);
            sell(rig, "tea", 1, 15, 10);
            sell(rig, "tea", 2, 9, 10);
            JsonNode score = last(rig, Kind.ACCURACY);
            assertThat(score.get("actual").asDouble()).isEqualTo(20);
            assertThat(score.get("scores").get(0).get("p50").asDouble()).isBetween(18.0, 22.0);
        }
    }

    @Test
    void aDayWithoutSalesCountsAsNothingSold() throws IOException {
        String yaml = example() + "kafka: {bootstrap.servers: \"127.0.0.1:9092\"}\n";
        try (Rig rig = new Rig(Pipelines.read(yaml), folder)) {
            sell(rig, "tea", 0, 9, 10);
            sell(rig, "rice", 1, 9, 10);
            sell(rig, "rice", 2, 9, 10);
            List<TestRecord<String, byte[]>> scores = rig.read(Kind.ACCURACY);
            assertThat(scores).singleElement().satisfies(score -> {
                JsonNode said = new ObjectMapper().readTree(score.value());
                assertThat(score.key()).isEqualTo("tea");
                assertThat(said.get("ts").asText()).isEqualTo("2026-11-18T00:00:00Z");
                assertThat(said.get("actual").asDouble()).isZero();
            });
        }
    }
}
