package dev.tidecast.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidecast.pipeline.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON document once, front to back, and keeps the fields some pointers point to; everything else is checked to
 * be JSON and forgotten. A field that occurs twice counts as it was last. One per task: what was found lies in the
 * reader until the next document.
 */
final class JsonFields {
    /** The largest document, in bytes. */
    static final int LARGEST = 64 * 1024;

    private static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 400;
    private static final int LONGEST_NAME = 1024;
    private static final JsonFactory FACTORY = factory();

    /** What stands at a pointer. */
    enum Kind {
        ABSENT("nothing"),
        NULL("null"),
        TEXT("a text"),
        NUMBER("a number"),
        TRUTH("a truth value"),
        OBJECT("an object"),
        ARRAY("an array");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        private String words() {
            return words;
        }
    }

    /** A place in the documents: where a kept field lies, or which names lead further down. */
    private static final class Node {
        private final Map<String, Node> below = new HashMap<>();
        private int slot = -1;
    }

    private final Node top = new Node();
    private final List<JsonPath> paths = new ArrayList<>();
    private Kind[] kinds = new Kind[0];
    private @Nullable String[] texts = new String[0];
    private double[] numbers = new double[0];

    /** Adds a pointer to look for and gives its slot; the same pointer always has the same one. */
    int slot(JsonPath path) {
        Node node = top;
        for (String segment : path.segments()) {
            node = node.below.computeIfAbsent(segment, s -> new Node());
        }
        if (node.slot < 0) {
            node.slot = paths.size();
            paths.add(path);
            kinds = new Kind[paths.size()];
            texts = new String[paths.size()];
            numbers = new double[paths.size()];
        }
        return node.slot;
    }

    /** Reads a document; any earlier one is forgotten. */
    void read(byte[] document) throws BadEvent {
        if (document.length > LARGEST) {
            throw new BadEvent(Reason.TOO_LARGE, "value: " + document.length + " bytes, at most " + LARGEST);
        }
        checkEncoding(document);
        java.util.Arrays.fill(kinds, Kind.ABSENT);
        java.util.Arrays.fill(texts, null);
        try (JsonParser parser = FACTORY.createParser(document)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new BadEvent(Reason.NOT_JSON, "value: empty");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new BadEvent(Reason.NOT_JSON, "value: expected a JSON object, found " + found(parser, first));
            }
            value(parser, top);
            if (parser.nextToken() != null) {
                throw new BadEvent(Reason.NOT_JSON, "value: more than one JSON document");
            }
        } catch (StreamConstraintsException e) {
            throw new BadEvent(Reason.TOO_LARGE, "value: " + words(e));
        } catch (IOException e) {
            throw new BadEvent(Reason.NOT_JSON, "value: " + words(e));
        }
    }

    /**
     * Checked here because the parser replaces bytes that are not UTF-8, and different texts would become one. It would
     * also take UTF-16 and UTF-32, which it knows by a zero among the first four bytes: JSON in UTF-8 has none.
     */
    private static void checkEncoding(byte[] document) throws BadEvent {
        int wrong = Utf8Text.firstWrong(document);
        for (int i = 0; i < Math.min(4, document.length) && wrong < 0; i++) {
            wrong = document[i] == 0 ? i : wrong;
        }
        if (wrong >= 0) {
            throw new BadEvent(Reason.NOT_JSON, "value: is not UTF-8 at byte " + (wrong + 1));
        }
    }

    Kind kind(int slot) {
        return kinds[slot];
    }

    /** The text, or the number as it was written; null for anything else. */
    @Nullable
    String text(int slot) {
        return texts[slot];
    }

    /** The number; only for {@link Kind#NUMBER}; infinite if it is larger than any double. */
    double number(int slot) {
        return numbers[slot];
    }

    /** What was found at a pointer instead of what was expected there, in words. */
    String found(int slot, String expected) {
        String text = texts[slot];
        String what = kinds[slot].words();
        if (text != null) {
            what = kinds[slot] == Kind.TEXT ? "the text " + BadEvent.shown(text) : BadEvent.shown(text);
        }
        return paths.get(slot).text() + ": expected " + expected + ", found " + what;
    }

    private void value(JsonParser parser, Node node) throws IOException {
        JsonToken token = parser.currentToken();
        if (node.slot >= 0) {
            keep(parser, token, node.slot);
        }
        if (token == JsonToken.START_OBJECT && !node.below.isEmpty()) {
            object(parser, node);
        } else if (token == JsonToken.START_ARRAY && !node.below.isEmpty()) {
            array(parser, node);
        } else {
            parser.skipChildren();
        }
    }

    private void object(JsonParser parser, Node node) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Node below = node.below.get(parser.currentName());
            parser.nextToken();
            if (below == null) {
                parser.skipChildren();
            } else {
                value(parser, below);
            }
        }
    }

    private void array(JsonParser parser, Node node) throws IOException {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            Node below = node.below.get(Integer.toString(i));
            if (below == null) {
                parser.skipChildren();
            } else {
                value(parser, below);
            }
        }
    }

    private void keep(JsonParser parser, JsonToken token, int slot) throws IOException {
        Kind kind = kind(token);
        kinds[slot] = kind;
        boolean hasText = kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.TRUTH;
        texts[slot] = hasText ? parser.getText() : null;
        if (kind == Kind.NUMBER) {
            // Adding zero turns -0.0 into 0.0: the two must not differ in anything that is stored.
            numbers[slot] = parser.getDoubleValue() + 0.0;
        }
    }

    private static String found(JsonParser parser, JsonToken first) throws IOException {
        Kind kind = kind(first);
        return switch (kind) {
            case TEXT, NUMBER -> kind.words().replaceFirst("^a ", "the ") + " " + BadEvent.shown(parser.getText());
            default -> kind.words();
        };
    }

    private static Kind kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Kind.TRUTH;
            case VALUE_NULL -> Kind.NULL;
            case START_OBJECT -> Kind.OBJECT;
            default -> Kind.ARRAY;
        };
    }

    private static String words(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String line = message.lines().findFirst().orElse(message);
        return line.substring(0, Math.min(line.length(), 160));
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                // Names come from strangers: no table of them outlives a document.
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxNameLength(LONGEST_NAME)
                        .maxStringLength(LARGEST)
                        .maxDocumentLength(LARGEST)
                        .build())
                .build();
    }
}
