package dev.tidecast.pipeline;

import java.util.List;
import java.util.Map;

/** A YAML file as it is written: texts, lists and fields, each with its line. Only {@link TreeReader} makes them. */
sealed interface Tree {
    int line();

    /** A scalar; {@code plain}: written without quotes. */
    record Text(int line, String value, boolean plain) implements Tree {
        /** Nothing after the colon, or a plain null. */
        boolean isEmpty() {
            return plain && (value.isEmpty() || value.equals("~") || value.equals("null"));
        }
    }

    /** A sequence. */
    record Items(int line, List<Tree> all) implements Tree {}

    /** A mapping, in the order of the file. */
    record Fields(int line, Map<String, Field> all) implements Tree {}

    /** One entry of a mapping; the line is that of its name. */
    record Field(int line, Tree value) {}
}
