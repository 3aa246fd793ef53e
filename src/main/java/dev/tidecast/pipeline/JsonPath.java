package dev.tidecast.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a value stands in a JSON event: a JSON pointer (RFC 6901), {@code /order/lines/0/qty}; {@code ~1} stands for a
 * slash and {@code ~0} for a tilde inside a segment.
 */
public record JsonPath(String text, List<String> segments) {
    public JsonPath {
        segments = List.copyOf(segments);
    }

    /** Reads a pointer; one that is none is an {@link IllegalArgumentException}. */
    public static JsonPath of(String text) {
        if (!text.startsWith("/") || text.length() < 2) {
            throw new IllegalArgumentException("not a JSON pointer: " + text);
        }
        List<String> segments = new ArrayList<>();
        for (String raw : text.substring(1).split("/", -1)) {
            if (raw.isEmpty() || raw.matches(".*~([^01].*|$)")) {
                throw new IllegalArgumentException("not a JSON pointer: " + text);
            }
            segments.add(raw.replace("~1", "/").replace("~0", "~"));
        }
        return new JsonPath(text, segments);
    }

    /** The last segment: the name of a part of a composite key. */
    public String last() {
        return segments.get(segments.size() - 1);
    }
}
