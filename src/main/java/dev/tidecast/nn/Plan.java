package dev.tidecast.nn;

import java.util.List;
import java.util.stream.Stream;

/** The frozen structure of a network: its weights, operations, ends, and where every vector lies. */
record Plan(List<Param> params, List<Initialiser> starts, List<Stage> stages, Slot input, Slot output, Layout layout) {
    /** All operations, stage by stage. */
    Stream<Op> ops() {
        return stages.stream().flatMap(stage -> stage.ops().stream());
    }

    /** The panels in use, in the order of the operations. */
    List<Panel> panels() {
        return ops().flatMap(op -> Stream.concat(op.matrices().stream(), op.vectors().stream()))
                .distinct()
                .toList();
    }

    int panelCount() {
        return panels().stream().mapToInt(Panel::index).max().orElse(-1) + 1;
    }
}
