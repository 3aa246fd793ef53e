package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code target.min} and {@code target.max} mean for single events and for whole buckets. */
class BoundsTest {
    @TempDir
    private Path folder;

    private static Pipeline pipeline(String aggregate, String target) {
        return Pipelines.read(
                Pipelines.RECORD_KEY, "aggregate: sum", "aggregate: " + aggregate, "{kind: nonneg}", target);
    }

    private static void send(Rig rig, String kwh, String time) {
        rig.send("m", "{\"kwh\":" + kwh + ",\"at\":\"2026-11-20T" + time + "Z\"}");
    }

    private static JsonNode last(Rig rig, Kind kind) throws IOException {
        List<TestRecord<String, byte[]>> records = rig.read(kind);
        return new ObjectMapper().readTree(records.get(records.size() - 1).value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"last", "mean", "min", "max"})
    void anEventOutsideIsADeadLetterWhereItsNumberIsTheBuckets(String aggregate) {
        try (Rig rig = new Rig(pipeline(aggregate, "{kind: real, min: 2, max: 9}"), folder)) {
            send(rig, "1.5", "09:30:00");
            send(rig, "9.5", "09:31:00");
            assertThat(rig.deadLetters())
                    .hasSize(2)
                    .allSatisfy(letter -> assertThat(Rig.header(letter.headers(), DeadLetter.REASON))
                            .isEqualTo("OUT_OF_DOMAIN"));
            send(rig, "2", "09:32:00");
            send(rig, "9", "09:33:00");
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"sum, count", "sum, nonneg", "sum, real", "count, count", "count, nonneg"})
    void anEventOutsideIsTakenWhereEventsAreSummedOrCounted(String aggregate, String kind) {
        try (Rig rig = new Rig(pipeline(aggregate, "{kind: " + kind + ", min: 2, max: 9}"), folder)) {
            send(rig, "-4", "09:30:00");
            send(rig, "40", "09:31:00");
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(rig.read(Kind.FORECASTS)).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"positive", "price"})
    void whatMovesByRatiosTakesNothingBack(String kind) {
        try (Rig rig = new Rig(pipeline("sum", "{kind: " + kind + "}"), folder)) {
            send(rig, "-4", "09:30:00");
            send(rig, "0", "09:31:00");
            assertThat(rig.deadLetters()).hasSize(2);
        }
    }

    @Test
    void aReturnTakesASaleBack() throws IOException {
        try (Rig rig = new Rig(pipeline("sum", "{kind: count}"), folder)) {
            send(rig, "5", "08:30:00");
            send(rig, "5", "09:30:00");
            send(rig, "-2", "09:40:00");
            send(rig, "5", "10:30:00");
            assertThat(last(rig, Kind.ACCURACY).get("actual").asDouble()).isEqualTo(3);
        }
    }

    @Test
    void aTotalOutsideIsReportedAsItIsAndForecastsStayInside() throws IOException {
        try (Rig rig = new Rig(pipeline("sum", "{kind: nonneg, min: 2, max: 9}"), folder)) {
            send(rig, "5", "08:30:00");
            send(rig, "-7", "09:30:00");
            send(rig, "40", "10:30:00");
            assertThat(last(rig, Kind.ACCURACY).get("actual").asDouble()).isEqualTo(-7);
            send(rig, "5", "11:30:00");
            assertThat(last(rig, Kind.ACCURACY).get("actual").asDouble()).isEqualTo(40);
            for (JsonNode step : last(rig, Kind.FORECASTS).get("steps")) {
                assertThat(step.get("p10").asDouble()).isBetween(2.0, 9.0);
                assertThat(step.get("p90").asDouble()).isBetween(2.0, 9.0);
            }
        }
    }

    @Test
    void halvesOfACountAreAddedAsTheyAreAndForecastsAreWhole() throws IOException {
        try (Rig rig = new Rig(pipeline("sum", "{kind: count}"), folder)) {
            send(rig, "3.5", "08:30:00");
            send(rig, "3.5", "09:30:00");
            send(rig, "3.5", "09:40:00");
            send(rig, "3.5", "10:30:00");
            assertThat(rig.deadLetters()).isEmpty();
            assertThat(last(rig, Kind.ACCURACY).get("actual").asDouble()).isEqualTo(7);
            send(rig, "3.5", "11:30:00");
            assertThat(last(rig, Kind.ACCURACY).get("actual").asDouble()).isEqualTo(3.5);
            for (JsonNode step : last(rig, Kind.FORECASTS).get("steps")) {
                assertThat(step.get("p50").asDouble() % 1).isZero();
            }
        }
    }
}
