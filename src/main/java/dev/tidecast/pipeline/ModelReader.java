package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.nn.cell.CellEntry;
import dev.tidecast.nn.cell.CellOption;
import dev.tidecast.nn.cell.Cells;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code model}: the network a pipeline asks for. */
final class ModelReader {
    private static final int WIDEST = 4096;
    private static final int LONGEST = 400;
    private static final Map<String, Boolean> FLAGS = new TreeMap<>(Map.of("true", true, "false", false));

    private final Section top;
    private final Path folder;

    /** A model's file is looked for from the folder. */
    ModelReader(Section top, Path folder) {
        this.top = top;
        this.folder = folder;
    }

    @Nullable
    ModelSpec model() {
        Section section = top.section("model", "cell: lstm, units: [40, 40], lags: [7, 14]");
        if (section == null) {
            return null;
        }
        String cell = section.required("cell", Form.oneOf(Cells.names()));
        List<Integer> units = section.requiredList("units", Form.whole(1, WIDEST));
        List<Integer> lags = section.list("lags", Form.whole(1, LONGEST));
        if (cell == null) {
            return null;
        }
        Map<String, Object> options = options(section, Cells.entry(cell));
        ModelSpec.Reading reading = reading(section);
        String file = section.optional("file", Form.text("must be the path of a trained model", text -> true));
        section.close();
        if (units == null) {
            return null;
        }
        ModelSpec model = new ModelSpec(
                cell,
                units,
                lags == null ? List.of() : lags,
                options,
                reading,
                file == null ? null : folder.resolve(file));
        check(section, model);
        return model;
    }

    private static ModelSpec.Reading reading(Section section) {
        ModelSpec.Reading usual = ModelSpec.Reading.USUAL;
        NetSpec.Form form = usual.form();
        return new ModelSpec.Reading(
                section.optional("project", Form.whole(1, WIDEST), usual.project()),
                section.optional("window", Form.whole(2, LONGEST), usual.window()),
                section.optional("calendar", Form.word(FLAGS), usual.calendar()),
                new NetSpec.Form(
                        section.optional("highway", Form.word(FLAGS), form.highway()),
                        section.optional("scaling", Form.word(FLAGS), form.scaling()),
                        section.optional("members", Form.whole(1, NetSpec.MOST_MEMBERS), form.members()),
                        form.carrying()));
    }

    /** The options of a cell, and those of the cell it is made of. */
    private static Map<String, Object> options(Section section, CellEntry entry) {
        Map<String, Object> options = new LinkedHashMap<>();
        for (CellOption option : entry.options()) {
            put(options, section, option);
            if (option.name().equals("of")) {
                String inner = String.valueOf(options.getOrDefault("of", option.usual()));
                Cells.entry(inner).options().forEach(of -> put(options, section, of));
            }
        }
        return options;
    }

    private static void put(Map<String, Object> options, Section section, CellOption option) {
        Object value = read(section, option);
        if (value != null) {
            options.put(option.name(), value);
        }
    }

    private static @Nullable Object read(Section section, CellOption option) {
        String name = option.name();
        List<String> words = option.words();
        return switch (option.kind()) {
            case FLAG -> section.optional(name, Form.word(FLAGS));
            case WORD -> section.optional(name, Form.oneOf(words));
            case INTEGER -> section.optional(name, wholeIn(words));
            case INTEGERS -> section.list(name, wholeIn(words));
            case NUMBER -> {
                double least = Double.parseDouble(words.get(0));
                double most = Double.parseDouble(words.get(1));
                yield section.optional(
                        name, Form.number("a number from " + option.range(), v -> v >= least && v <= most));
            }
        };
    }

    private static Form<Integer> wholeIn(List<String> bounds) {
        return Form.whole(Integer.parseInt(bounds.get(0)), Integer.parseInt(bounds.get(1)));
    }

    /** Builds the network once, for what only shows when its parts meet. */
    private static void check(Section section, ModelSpec model) {
        int[] units = model.units().stream().mapToInt(Integer::intValue).toArray();
        try {
            Cells.entry(model.cell()).weights(1 + model.lags().size(), units, model.options());
        } catch (IllegalArgumentException e) {
            section.wrong("cell", model.cell() + " cannot be built: " + e.getMessage());
        }
    }
}
