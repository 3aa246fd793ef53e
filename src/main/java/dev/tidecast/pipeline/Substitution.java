package dev.tidecast.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ${env:NAME}} and {@code ${file:path}} inside a value, filled in after the YAML is read, so that what is filled
 * in is always one text and never more YAML. {@code ${env:NAME:-text}} has a default, {@code $${} stands for itself.
 */
final class Substitution {
    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");

    private final UnaryOperator<@Nullable String> environment;
    private final Path folder;

    /** What is relative in {@code ${file:...}} starts from the folder. */
    Substitution(UnaryOperator<@Nullable String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** Whether a text holds anything to fill in. */
    static boolean concerns(String text) {
        return text.contains("${");
    }

    /** The text filled in; an {@link IllegalArgumentException} says in one clause what is missing. */
    String fill(String text) {
        Matcher match = PLACE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (match.find()) {
            String inside = match.group(1);
            match.appendReplacement(filled, Matcher.quoteReplacement(inside == null ? "${" : value(inside)));
        }
        return match.appendTail(filled).toString();
    }

    private String value(String inside) {
        if (inside.startsWith("env:")) {
            return variable(inside.substring(4));
        }
        if (inside.startsWith("file:")) {
            return content(inside.substring(5));
        }
        throw new IllegalArgumentException(
                "uses ${" + inside + "}: only ${env:NAME} and ${file:path} are filled in (write $${ for a plain ${)");
    }

    private String variable(String reference) {
        int at = reference.indexOf(":-");
        String name = at < 0 ? reference : reference.substring(0, at);
        String value = name.isEmpty() ? null : environment.apply(name);
        if (value != null) {
            return value;
        }
        if (at < 0) {
            throw new IllegalArgumentException("needs the environment variable " + name + ", which is not set");
        }
        return reference.substring(at + 2);
    }

    private String content(String name) {
        try {
            return Files.readString(folder.resolve(name)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException("needs the file " + name + ", which cannot be read", e);
        }
    }
}
