package dev.tidecast.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static final Instant TIME = Instant.parse("2026-11-30T22:26:37.171Z");

    @Test
    void aMessageIsFilledInAndTheObjectIsFlat() throws IOException {
        assertThat(line("Couldn't resolve server {} from {}", null, "a:1", "b \"c\"\nd"))
                .containsExactly(
                        Map.entry("timestamp", "2026-11-30T22:26:37.171Z"),
                        Map.entry("level", "WARN"),
                        Map.entry("logger", "org.example.Client"),
                        Map.entry("thread", "worker-1"),
                        Map.entry("message", "Couldn't resolve server a:1 from b \"c\"\nd"));
    }

    @Test
    void aThrowableIsItsRootCauseAndItsWholeStack() throws IOException {
        Map<String, String> line =
                line("it failed", new IllegalStateException("outside", new IOException("disk\nfull")));
        assertThat(line).containsEntry("error", "IOException: disk full").containsEntry("message", "it failed");
        assertThat(line.get("stack"))
                .contains("java.lang.IllegalStateException: outside", "Caused by: java.io.IOException: disk", "\tat ");
    }

    private static Map<String, String> line(String message, @Nullable Throwable thrown, Object... arguments)
            throws IOException {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("org.example.Client"), Level.WARN, message, thrown, arguments);
        event.setInstant(TIME);
        event.setThreadName("worker-1");
        JsonLines lines = new JsonLines();
        lines.start();
        String text = new String(lines.encode(event), StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip().lines()).hasSize(1);
        return parse(text);
    }

    private static Map<String, String> parse(String text) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                fields.put(name, json.getText());
            }
            assertThat(json.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            assertThat(json.nextToken()).isNull();
        }
        return fields;
    }
}
