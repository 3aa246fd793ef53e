package dev.tidecast.cli;

import dev.tidecast.log.JsonLine;
import dev.tidecast.log.LogForm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The last thing a verb says when it fails: one line in the form of the log, behind it the stack if that is wanted. */
record ErrorLine(PrintWriter err, LogForm form) {
    void print(String message, @Nullable Throwable stack) {
        if (form == LogForm.JSON) {
            err.println(JsonLine.of(
                    Instant.now(),
                    "ERROR",
                    Tidecast.class.getName(),
                    Thread.currentThread().getName(),
                    message,
                    stack == null ? null : new JsonLine.Thrown(stack.toString(), text(stack))));
            return;
        }
        err.println(message);
        if (stack != null) {
            stack.printStackTrace(err);
        }
    }

    /** A hint for people, who read text. */
    void hint(String text) {
        if (form != LogForm.JSON) {
            err.println(text);
        }
    }

    private static String text(Throwable stack) {
        StringWriter text = new StringWriter();
        stack.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
