package dev.tidecast.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log as one flat JSON object on a line of its own: timestamp, level, logger, thread, message, and error
 * and stack if something was thrown. {@link JsonLines} writes every line of the log so, and the command line its last one.
 */
public final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLine() {}

    /** What was thrown: its root cause in a line, and all of it. */
    public record Thrown(String error, String stack) {}

    /** The object, without an end of line. */
    public static String of(
            Instant time, String level, String logger, String thread, String message, @Nullable Thrown thrown) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("timestamp", time.toString());
            json.writeStringField("level", level);
            json.writeStringField("logger", logger);
            json.writeStringField("thread", thread);
            json.writeStringField("message", message);
            if (thrown != null) {
                json.writeStringField("error", thrown.error());
                json.writeStringField("stack", thrown.stack());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
