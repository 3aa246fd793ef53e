package dev.tidecast.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong in a pipeline file.
 *
 * @param line the line it stands on, from 1; 0 only where there is no file to have lines
 * @param what the whole sentence but for what was found
 * @param found what stood there, never a secret
 * @param right what was probably meant
 */
public record Problem(
        String file,
        int line,
        String what,
        @Nullable String found,
        @Nullable String right) {
    /** {@code demand.yaml:14: bucket.size must be ..., was "1h" (did you mean PT1H?)}. */
    public String text() {
        StringBuilder text = new StringBuilder(file).append(':');
        if (line > 0) {
            text.append(line).append(':');
        }
        text.append(' ').append(what);
        if (found != null) {
            text.append(", was \"").append(found).append('"');
        }
        if (right != null) {
            text.append(" (did you mean ").append(right).append("?)");
        }
        return text.toString();
    }
}
