package dev.tidecast.cli;

import dev.tidecast.nn.cell.CellEntry;
import dev.tidecast.nn.cell.CellOption;
import dev.tidecast.nn.cell.Cells;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidecast cells}: what {@code model: {cell: ...}} may say. */
@Command(
        name = "cells",
        mixinStandardHelpOptions = true,
        description = "List the cells a pipeline file can ask for, with their options, weights and state.")
final class ListCells implements Callable<Integer> {
    private static final String FORM = "%-20s %-10s %9s %7s  %s%n";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--units", paramLabel = "N", description = "Width the counts are for, default ${DEFAULT-VALUE}.")
    private int units = 36;

    @Option(names = "--inputs", paramLabel = "N", description = "Inputs the counts are for, default ${DEFAULT-VALUE}.")
    private int inputs = 8;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES}, default ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Override
    public Integer call() {
        if (units < 1 || units > 4096 || inputs < 1 || inputs > 4096) {
            throw new ParameterException(spec.commandLine(), "--units and --inputs are from 1 to 4096");
        }
        List<Map<String, Object>> cells =
                Cells.entries().stream().map(this::describe).toList();
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("inputs", inputs);
            all.put("cells", cells);
            out.println(Json.line(all));
        } else {
            print(out, cells);
        }
        return 0;
    }

    private Map<String, Object> describe(CellEntry entry) {
        int[] widths = widths(entry);
        Map<String, Object> cell = new LinkedHashMap<>();
        cell.put("name", entry.name());
        cell.put("summary", entry.summary());
        cell.put("kind", entry.recurrent() ? "recurrent" : "windowed");
        cell.put("units", Arrays.stream(widths).boxed().toList());
        cell.put("weights", entry.weights(inputs, widths, Map.of()));
        cell.put("state_floats", entry.stateFloats(inputs, widths, Map.of()));
        List<Map<String, Object>> options = new ArrayList<>();
        for (CellOption option : entry.options()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", option.name());
            one.put("default", option.usual());
            one.put("range", option.range());
            options.add(one);
        }
        cell.put("options", options);
        return cell;
    }

    /** The width asked for, as often as the cell wants it; a cell that cannot have it shows its own example. */
    private int[] widths(CellEntry entry) {
        int[] widths = entry.example();
        int[] asked = widths.clone();
        Arrays.fill(asked, units);
        try {
            entry.weights(inputs, asked, Map.of());
            return asked;
        } catch (IllegalArgumentException e) {
            return widths;
        }
    }

    private void print(PrintWriter out, List<Map<String, Object>> cells) {
        out.printf("%d inputs, %d units%n%n", inputs, units);
        out.printf(FORM, "cell", "kind", "weights", "state", "");
        for (Map<String, Object> cell : cells) {
            out.printf(
                    Locale.ROOT,
                    FORM,
                    cell.get("name"),
                    cell.get("kind"),
                    cell.get("weights"),
                    cell.get("state_floats"),
                    cell.get("summary"));
            CellEntry entry = Cells.entry(String.valueOf(cell.get("name")));
            for (CellOption option : entry.options()) {
                out.printf("    %s: %s (%s)%n", option.name(), option.usual(), option.range());
            }
        }
    }
}
