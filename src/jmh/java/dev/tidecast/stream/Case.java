package dev.tidecast.stream;

import java.nio.file.Path;
import java.util.List;

/** What is measured: a processing guarantee, and the experts alone or with the network that the project ships. */
record Case(String guarantee, boolean network) {
    static final List<Case> ALL = List.of(
            new Case("exactly_once_v2", false), new Case("exactly_once_v2", true), new Case("at_least_once", false));

    /** As it stands in the table. */
    String title() {
        return guarantee + (network ? " network" : "");
    }

    /** As a part of the names of topics and files. */
    String name() {
        return title().replace('_', '-').replace(' ', '-');
    }

    /** The line of a pipeline file. */
    String model() {
        Path file = Path.of("topology", "demand.model").toAbsolutePath();
        return network ? "model: {cell: lstm, units: [40], file: \"" + file + "\"}" : "# the experts alone";
    }
}
