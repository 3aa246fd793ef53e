package dev.tidecast.pipeline;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns the bytes of a YAML file into a {@link Tree}, event by event, so that every part knows its line. One document,
 * no anchors, no tags, no deep nesting: nothing in a file can make the reader build more than the file shows.
 */
final class TreeReader {
    private static final int DEEPEST = 20;
    private static final int LARGEST = 256 * 1024;

    private final Problems problems;
    private Iterator<Event> events;

    private TreeReader(String text, Problems problems) {
        this.problems = problems;
        this.events =
                new Parse(LoadSettings.builder().build()).parseString(text).iterator();
    }

    /** Reads the file; a file that is not YAML, or whose top is no mapping, ends the reading at once. */
    static Tree.Fields read(byte[] bytes, Problems problems) {
        String text = decode(bytes, problems);
        try {
            if (new TreeReader(text, problems).document() instanceof Tree.Fields fields) {
                problems.throwIfAny();
                return fields;
            }
            problems.add(1, "a pipeline file is a list of \"name: value\" lines, starting with \"pipeline: <name>\"");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            problems.add(line, "is not YAML: " + oneLine(e.getProblem()));
        } catch (ReaderException e) {
            String character = "a character that YAML does not allow, U+%04X".formatted(e.getCodePoint());
            problems.add(lineAt(text, e.getPosition()), "is not YAML: " + character);
        } catch (YamlEngineException e) {
            problems.add(1, "is not YAML: " + oneLine(e.getMessage()));
        }
        problems.throwIfAny();
        throw new IllegalStateException("a file without a tree has a problem");
    }

    private static String decode(byte[] bytes, Problems problems) {
        if (bytes.length > LARGEST) {
            problems.add(1, "is larger than a pipeline file can be: " + bytes.length + " bytes, at most " + LARGEST);
            problems.throwIfAny();
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        out.flip();
        String text = out.toString();
        if (result.isError()) {
            problems.add(lineAt(text, text.length()), "is not UTF-8 text");
            problems.throwIfAny();
        }
        return text;
    }

    private static int lineAt(String text, int position) {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }

    private static String oneLine(@Nullable String message) {
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("it cannot be read");
    }

    private @Nullable Tree document() {
        Tree top = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    if (top != null) {
                        stop(event, "holds a second document: one pipeline per file");
                    }
                }
                default -> top = node(event, 0);
            }
        }
        return top;
    }

    private Tree node(Event event, int depth) {
        if (depth > DEEPEST) {
            stop(event, "is nested deeper than a pipeline file ever is");
        }
        if (event.getEventId() == Event.ID.Alias
                || (event instanceof NodeEvent n && n.getAnchor().isPresent())) {
            stop(event, "uses an anchor (& or *): write the value out, or put quotes around it");
        }
        return switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event);
            case SequenceStart -> items(event, depth);
            default -> fields(event, depth);
        };
    }

    private Tree.Text scalar(ScalarEvent event) {
        if (event.getTag().isPresent()) {
            stop(event, "uses a YAML tag (" + event.getTag().get() + "): pipeline files have none");
        }
        return new Tree.Text(line(event), event.getValue(), event.isPlain());
    }

    private Tree.Items items(Event start, int depth) {
        List<Tree> all = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            all.add(node(e, depth + 1));
        }
        return new Tree.Items(line(start), all);
    }

    private Tree.Fields fields(Event start, int depth) {
        Map<String, Tree.Field> all = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            if (!(node(e, depth + 1) instanceof Tree.Text name)) {
                stop(e, "has a list or a mapping where a name belongs");
                break;
            }
            Tree value = node(events.next(), depth + 1);
            Tree.Field before = all.putIfAbsent(name.value(), new Tree.Field(name.line(), value));
            if (before != null) {
                problems.add(name.line(), name.value() + " is given twice: here and on line " + before.line());
            }
        }
        return new Tree.Fields(line(start), all);
    }

    private static int line(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private void stop(Event event, String what) {
        problems.add(line(event), what);
        problems.throwIfAny();
    }
}
