package dev.tidecast.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** Writes the answer to {@code /v1/status}: what an operator asks first. {@link Routes} calls it. */
final class Status {
    private static final List<Kind> KINDS = List.of(Kind.FORECASTS, Kind.ACCURACY, Kind.DLQ);

    private final List<Board> boards;
    private final Health health;

    Status(List<Board> boards, Health health) {
        this.boards = boards;
        this.health = health;
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("version", version());
        json.writeNumberField(
                "uptime_seconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        Map<String, String> states = health.states();
        json.writeArrayFieldStart("pipelines");
        for (Board board : boards) {
            Pipeline pipeline = board.pipeline();
            json.writeStartObject();
            json.writeStringField("name", pipeline.name());
            json.writeStringField("state", states.getOrDefault(pipeline.name(), "unknown"));
            configuration(json, pipeline);
            series(json, board);
            reading(json, board);
            scores(json, board);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void configuration(JsonGenerator json, Pipeline pipeline) throws IOException {
        json.writeStringField("step", pipeline.step());
        json.writeStringField("zone", pipeline.zone());
        json.writeNumberField("horizon", pipeline.horizon());
        json.writeObjectFieldStart("topics");
        json.writeStringField("source", pipeline.source().topic());
        for (Kind kind : KINDS) {
            json.writeStringField(kind.word(), pipeline.topic(kind));
        }
        json.writeEndObject();
    }

    private static void series(JsonGenerator json, Board board) throws IOException {
        ForecastIndex index = board.index();
        json.writeNumberField("series", index.size());
        json.writeObjectFieldStart("series_by_state");
        for (State state : State.values()) {
            json.writeNumberField(state.word(), index.size(state));
        }
        json.writeEndObject();
        json.writeNumberField("stale", index.stale());
        json.writeNumberField("series_in_memory", board.kept());
        json.writeNumberField("index_bytes", index.bytes());
    }

    private static void reading(JsonGenerator json, Board board) throws IOException {
        String trouble = board.trouble();
        json.writeStringField(
                "reading", trouble != null ? "failing" : board.isCaughtUp() ? "up_to_date" : "catching_up");
        if (trouble != null) {
            json.writeStringField("reading_failure", trouble);
        }
        json.writeNumberField("reading_failures", board.failures());
        json.writeNumberField("forecasts", board.forecasts());
        json.writeNumberField("unreadable", board.unreadable());
        json.writeObjectFieldStart("dead_letters");
        for (Map.Entry<String, Long> letters : board.deadLetters().entrySet()) {
            json.writeNumberField(letters.getKey(), letters.getValue());
        }
        json.writeEndObject();
    }

    private static void scores(JsonGenerator json, Board board) throws IOException {
        json.writeArrayFieldStart("scores");
        for (Tally tally : board.tallies()) {
            json.writeStartObject();
            json.writeNumberField("h", tally.h());
            json.writeNumberField("scores", tally.scores());
            Answer.number(json, "wape", tally.wape());
            Answer.number(json, "against_seasonal_naive", tally.againstNaive());
            Answer.number(json, "coverage", tally.coverage());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String version() {
        String version = Status.class.getPackage().getImplementationVersion();
        return version == null ? "from classes" : version;
    }
}
