package dev.tidecast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * A topology as a Mermaid diagram: topics as flags, operators as boxes, stores as drums, one frame per sub-topology (what
 * one task runs). The order of lines depends on names alone, so equal topologies give equal texts.
 */
public final class Drawing {
    private final Set<String> topics = new TreeSet<>();
    private final Set<String> arrows = new TreeSet<>();
    private final StringBuilder frames = new StringBuilder();

    private Drawing() {}

    /** The diagram, ending in a line break. */
    public static String of(Topology topology) {
        TopologyDescription description = topology.describe();
        Drawing drawing = new Drawing();
        description.subtopologies().stream()
                .sorted((a, b) -> Integer.compare(a.id(), b.id()))
                .forEach(drawing::frame);
        List<String> lines = new ArrayList<>(List.of("flowchart TB"));
        drawing.topics.forEach(topic -> lines.add("    " + id("topic", topic) + ">\"" + topic + "\"]"));
        lines.add(drawing.frames.toString().stripTrailing());
        drawing.arrows.forEach(arrow -> lines.add("    " + arrow));
        return String.join("\n", lines) + "\n";
    }

    private void frame(Subtopology part) {
        Set<String> inside = new TreeSet<>();
        for (Node node : part.nodes()) {
            if (node instanceof Processor processor) {
                inside.add(id("at", node.name()) + "[\"" + node.name() + "\"]");
                for (String store : processor.stores()) {
                    inside.add(id("store", store) + "[(\"" + store + "\")]");
                    arrows.add(id("at", node.name()) + " <--> " + id("store", store));
                }
            }
            connect(node);
        }
        frames.append("    subgraph task")
                .append(part.id())
                .append("[\"task ")
                .append(part.id())
                .append("\"]\n");
        inside.forEach(line -> frames.append("        ").append(line).append('\n'));
        frames.append("    end\n");
    }

    private void connect(Node node) {
        List<String> from = new ArrayList<>();
        if (node instanceof Source source) {
            source.topicSet().forEach(topic -> from.add(topic(topic)));
        } else if (node instanceof Processor) {
            from.add(id("at", node.name()));
        }
        for (Node next : node.successors()) {
            String to = next instanceof Sink sink ? topic(sink.topic()) : id("at", next.name());
            from.forEach(start -> arrows.add(start + " --> " + to));
        }
    }

    private String topic(String name) {
        topics.add(name);
        return id("topic", name);
    }

    private static String id(String kind, String name) {
        return kind + "_" + name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
