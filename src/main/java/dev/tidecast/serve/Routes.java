package dev.tidecast.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions and their answers. 400: the question is wrong; 404: everything written so far has been read, and it is
 * not there; 503: it cannot be known yet, ask again.
 */
final class Routes {
    private static final String FORECASTS = "/v1/forecasts/";
    private static final String HISTORY = "/v1/history/";

    private final List<Board> boards;
    private final Health health;
    private final Meters meters;
    private final byte[] page;

    Routes(List<Board> boards, Health health, Meters meters) {
        this.boards = List.copyOf(boards);
        this.health = health;
        this.meters = meters;
        this.page = resource("page.html");
    }

    Answer answer(Query query) {
        String path = query.path();
        if (path.startsWith(FORECASTS)) {
            return forecast(query, path.substring(FORECASTS.length()));
        }
        if (path.startsWith(HISTORY)) {
            return history(query, path.substring(HISTORY.length()));
        }
        return switch (path) {
            case "/" -> new Answer(200, "text/html; charset=utf-8", page);
            case "/metrics" -> Answer.text(200, Meters.CONTENT_TYPE, meters.scrape());
            case "/health/live" -> health(health.isLive());
            case "/health", "/health/ready" -> health(health.isReady());
            case "/v1/status" -> status();
            case "/v1/series" -> series(query);
            default -> Answer.error(404, "no_such_page", "there is nothing at " + path);
        };
    }

    private Answer health(boolean well) {
        return Answer.json(well ? 200 : 503, json -> {
            json.writeStringField("status", well ? "up" : "down");
            json.writeObjectFieldStart("pipelines");
            for (Map.Entry<String, String> state : health.states().entrySet()) {
                json.writeStringField(state.getKey(), state.getValue());
            }
            json.writeEndObject();
        });
    }

    private Answer forecast(Query query, String key) {
        Board board = board(query);
        SeriesView view = board.view(key);
        byte[] latest = view == null ? null : view.latest();
        return latest == null ? unknown(board, key) : new Answer(200, Answer.JSON, latest);
    }

    private Answer history(Query query, String key) {
        Board board = board(query);
        int most = query.number("limit", 200, 1, 1000);
        SeriesView view = board.view(key);
        if (view == null) {
            return unknown(board, key);
        }
        return Answer.json(200, json -> {
            json.writeStringField("key", key);
            json.writeStringField("pipeline", board.pipeline().name());
            json.writeArrayFieldStart("points");
            for (SeriesView.Point point : view.past(most)) {
                json.writeStartObject();
                json.writeStringField("ts", point.ts());
                Answer.number(json, "actual", point.actual());
                Answer.number(json, "low", point.low());
                Answer.number(json, "mid", point.mid());
                Answer.number(json, "high", point.high());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Answer series(Query query) {
        Board board = board(query);
        int most = query.number("limit", 200, 1, 1000);
        Map<String, SeriesView> found = board.series(query.parameters().getOrDefault("prefix", ""));
        return Answer.json(200, json -> {
            json.writeStringField("pipeline", board.pipeline().name());
            json.writeNumberField("total", found.size());
            json.writeArrayFieldStart("series");
            int written = 0;
            for (Map.Entry<String, SeriesView> one : found.entrySet()) {
                if (written++ == most) {
                    break;
                }
                json.writeStartObject();
                json.writeStringField("key", one.getKey());
                json.writeStringField("state", one.getValue().state());
                json.writeNumberField("observed", one.getValue().observed());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private Answer status() {
        return Answer.json(200, json -> {
            json.writeArrayFieldStart("pipelines");
            for (Board board : boards) {
                json.writeStartObject();
                status(json, board);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void status(JsonGenerator json, Board board) throws IOException {
        Pipeline pipeline = board.pipeline();
        json.writeStringField("name", pipeline.name());
        json.writeStringField("state", health.states().getOrDefault(pipeline.name(), "unknown"));
        json.writeStringField("step", pipeline.step());
        json.writeNumberField("horizon", pipeline.horizon());
        json.writeNumberField("series", board.size());
        json.writeNumberField("forecasts", board.forecasts());
        json.writeNumberField("unreadable", board.unreadable());
        json.writeObjectFieldStart("dead_letters");
        for (Map.Entry<String, Long> letters : board.deadLetters().entrySet()) {
            json.writeNumberField(letters.getKey(), letters.getValue());
        }
        json.writeEndObject();
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

    private static Answer unknown(Board board, String key) {
        if (!board.isCaughtUp()) {
            return Answer.error(503, "not_ready", "the forecasts written so far are still being read, ask again");
        }
        return Answer.error(
                404, "unknown_key", "no forecast of " + board.pipeline().name() + " has the key " + key);
    }

    private Board board(Query query) {
        String name = query.parameters().get("pipeline");
        if (name == null && boards.size() == 1) {
            return boards.get(0);
        }
        Board found = named(name);
        if (found == null) {
            List<String> known = boards.stream().map(b -> b.pipeline().name()).toList();
            throw new IllegalArgumentException("say which pipeline: ?pipeline= one of " + String.join(", ", known)
                    + (name == null ? "" : ", was \"" + name + "\""));
        }
        return found;
    }

    private @Nullable Board named(@Nullable String name) {
        for (Board board : boards) {
            if (board.pipeline().name().equals(name)) {
                return board;
            }
        }
        return null;
    }

    private static byte[] resource(String name) {
        try (InputStream in = Routes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
