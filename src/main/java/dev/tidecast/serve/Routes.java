package dev.tidecast.serve;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The questions and their answers. 400: the question is wrong; 404: everything written so far has been read, and it is
 * not there; 410: it was there, and is not kept; 503: it cannot be known yet, ask again.
 */
final class Routes implements AutoCloseable {
    private static final String FORECASTS = "/v1/forecasts";
    private static final String HISTORY = "/v1/history";

    private final List<Board> boards;
    private final Health health;
    private final Meters meters;
    private final Lookup lookup;
    private final Status status;
    private final byte[] page;

    /** @param lookup is closed with these routes */
    Routes(List<Board> boards, Health health, Meters meters, Lookup lookup) {
        this.boards = List.copyOf(boards);
        this.health = health;
        this.meters = meters;
        this.lookup = lookup;
        this.status = new Status(this.boards, health);
        this.page = resource("page.html");
    }

    Answer answer(Query query) {
        String path = query.path();
        if (isBelow(FORECASTS, path)) {
            String key = key(FORECASTS, path);
            return lookup.latest(board(query.only("pipeline")), key);
        }
        if (isBelow(HISTORY, path)) {
            return history(query.only("pipeline", "limit"), key(HISTORY, path));
        }
        if (path.equals("/v1/series")) {
            return series(query.only("pipeline", "prefix", "state", "limit"));
        }
        return plain(query, path);
    }

    private Answer plain(Query query, String path) {
        switch (path) {
            case "/" -> query.only("theme");
            case "/metrics", "/health/live", "/health", "/health/ready", "/v1/status" -> query.only();
            default -> {}
        }
        return switch (path) {
            case "/" -> new Answer(200, "text/html; charset=utf-8", page);
            case "/metrics" -> Answer.text(200, Meters.CONTENT_TYPE, meters.scrape());
            case "/health/live" -> health(health.isLive());
            case "/health", "/health/ready" -> health(health.isReady());
            case "/v1/status" -> Answer.json(200, status::write);
            default -> Answer.error(404, "no_such_page", "there is nothing at " + path);
        };
    }

    @Override
    public void close() {
        lookup.close();
    }

    private Answer history(Query query, String key) {
        Board board = board(query);
        int most = query.number("limit", 200, 1, 1000);
        SeriesView view = board.view(key);
        if (view == null) {
            return board.place(key) == null ? Lookup.unknown(board, key) : notKept(board, key);
        }
        return Answer.json(200, json -> {
            json.writeStringField("key", key);
            json.writeStringField("pipeline", board.pipeline().name());
            json.writeArrayFieldStart("points");
            for (SeriesView.Point point : view.past(most)) {
                json.writeStartObject();
                json.writeStringField("ts", point.ts());
                Answer.number(json, "actual", point.actual());
                Answer.number(json, "low", point.band().low());
                Answer.number(json, "mid", point.band().mid());
                Answer.number(json, "high", point.band().high());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static Answer notKept(Board board, String key) {
        return Answer.error(
                410,
                "not_kept",
                "the past of " + key
                        + " is not kept in memory, because other series have spoken since; it is on the topic "
                        + board.pipeline().topic(Kind.ACCURACY) + ", and the latest forecast is at " + FORECASTS + "/"
                        + key);
    }

    private Answer series(Query query) {
        Board board = board(query);
        String prefix = query.text("prefix");
        ForecastIndex.Found found =
                board.index().find(prefix == null ? "" : prefix, state(query), query.number("limit", 200, 1, 1000));
        return Answer.json(200, json -> {
            json.writeStringField("pipeline", board.pipeline().name());
            json.writeNumberField("total", found.total());
            json.writeArrayFieldStart("series");
            for (ForecastIndex.Entry one : found.first()) {
                json.writeStartObject();
                json.writeStringField("key", one.key());
                json.writeStringField("state", one.state().word());
                json.writeNumberField("observed", one.observed());
                json.writeBooleanField("stale", one.stale());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static @Nullable State state(Query query) {
        String word = query.text("state");
        if (word == null) {
            return null;
        }
        State state = State.of(word);
        if (state == State.UNKNOWN) {
            throw new WrongQuestion("state must be cold, warming or ready, was \"" + word + "\"");
        }
        return state;
    }

    private static boolean isBelow(String part, String path) {
        return path.equals(part) || path.startsWith(part + "/");
    }

    private static String key(String part, String path) {
        if (path.length() <= part.length() + 1) {
            throw new WrongQuestion("say of which key: " + part + "/KEY; /v1/series lists the keys");
        }
        return path.substring(part.length() + 1);
    }

    private Board board(Query query) {
        String name = query.text("pipeline");
        if (name == null && boards.size() == 1) {
            return boards.get(0);
        }
        Board found = named(name);
        if (found == null) {
            List<String> known = boards.stream().map(b -> b.pipeline().name()).toList();
            throw new WrongQuestion("say which pipeline: ?pipeline= one of " + String.join(", ", known)
                    + (name == null ? "" : ", was \"" + name + "\""));
        }
        return found;
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
