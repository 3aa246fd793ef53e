package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.cell.CellEntry.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The catalogue: every architecture under the word used in {@code model: {cell: ...}}. One that is not listed here cannot be
 * used, and fails the build; one that is, is held to the laws of {@code CellsTest}.
 */
public final class Cells {
    private static final CellOption ACTIVATION = CellOption.word("activation", Activation.TANH, Activation.values());
    private static final CellOption OUTPUTS = CellOption.integer("outputs", 0, 0, 4096);
    private static final Map<String, CellEntry> ENTRIES = new LinkedHashMap<>();

    static {
        addCells();
        addWholes();
        addHeads();
    }

    private Cells() {}

    /** The words, in the order of the catalogue. */
    public static List<String> names() {
        return List.copyOf(ENTRIES.keySet());
    }

    public static List<CellEntry> entries() {
        return List.copyOf(ENTRIES.values());
    }

    /** One line of the catalogue. */
    public static CellEntry entry(String name) {
        CellEntry entry = ENTRIES.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "found cell " + name + ", right is one of " + String.join(", ", ENTRIES.keySet()));
        }
        return entry;
    }

    /**
     * The cell of a pipeline file.
     *
     * @param units the width of each layer
     * @param options what stands beside {@code cell} and {@code units}
     * @throws IllegalArgumentException says what was found and what is right
     */
    public static Cell of(String name, int[] units, Map<String, ?> options) {
        CellEntry entry = entry(name);
        checkUnits(entry, units);
        Chosen chosen = choose(entry, options);
        if (!entry.shape().plain()) {
            return entry.maker().make(units, chosen);
        }
        List<Cell> layers = layers(entry, units, chosen);
        return layers.size() == 1 ? layers.get(0) : new Stacked(layers);
    }

    private static void checkUnits(CellEntry entry, int[] units) {
        if (units.length < entry.shape().fewest() || Arrays.stream(units).anyMatch(n -> n < 1 || n > 4096)) {
            throw new IllegalArgumentException("units of cell " + entry.name() + ": found " + Arrays.toString(units)
                    + ", right is a list of at least " + entry.shape().fewest() + ", each 1 to 4096");
        }
    }

    private static Chosen choose(CellEntry entry, Map<String, ?> options) {
        List<CellOption> known = new ArrayList<>(entry.options());
        for (CellOption option : entry.options()) {
            if (option.name().equals("of")) {
                Object inner = options.containsKey("of") ? options.get("of") : option.usual();
                known.addAll(entry((String) option.accept(entry.name(), String.valueOf(inner)))
                        .options());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        known.forEach(option -> values.putIfAbsent(option.name(), option.usual()));
        options.forEach((word, found) -> {
            CellOption option = known.stream()
                    .filter(o -> o.name().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "found option " + word + " of cell " + entry.name() + ", right is one of "
                                    + known.stream().map(CellOption::name).toList()));
            values.put(word, option.accept(entry.name(), found));
        });
        return new Chosen(values);
    }

    private static List<Cell> layers(CellEntry entry, int[] units, Chosen options) {
        List<Cell> layers = new ArrayList<>();
        for (int width : units) {
            layers.add(entry.maker().make(new int[] {width}, options));
        }
        return layers;
    }

    /** The layers of the plain cell named by the option {@code of}. */
    private static List<Cell> inner(int[] units, Chosen options) {
        return layers(entry(options.word("of")), units, options);
    }

    private static Cell one(int[] units, Chosen options) {
        List<Cell> layers = inner(units, options);
        return layers.size() == 1 ? layers.get(0) : new Stacked(layers);
    }

    private static int last(int[] units) {
        return units[units.length - 1];
    }

    private static void add(CellEntry entry) {
        ENTRIES.put(entry.name(), entry);
    }

    private static CellOption of(String usual) {
        List<String> plain = ENTRIES.values().stream()
                .filter(entry -> entry.shape().plain())
                .map(CellEntry::name)
                .toList();
        return CellOption.word("of", usual, plain);
    }

    private static void addCells() {
        add(new CellEntry(
                "dense",
                "a layer without memory",
                Dense.class,
                Shape.PLAIN,
                List.of(ACTIVATION),
                (units, o) -> new Dense(units[0], o.activation())));
        add(new CellEntry(
                "elman",
                "the simple recurrent network",
                Elman.class,
                Shape.PLAIN,
                List.of(ACTIVATION, CellOption.word("start", "orthogonal", List.of("orthogonal", "identity"))),
                (units, o) ->
                        new Elman(units[0], o.activation(), o.word("start").equals("identity"))));
        add(new CellEntry(
                "jordan",
                "its own output feeds back",
                Jordan.class,
                Shape.PLAIN,
                List.of(ACTIVATION, OUTPUTS),
                (units, o) -> new Jordan(units[0], o.orElse("outputs", units[0]), o.activation())));
        add(new CellEntry(
                "lstm",
                "long short-term memory",
                Lstm.class,
                Shape.PLAIN,
                List.of(CellOption.flag("peepholes"), ACTIVATION),
                (units, o) -> new Lstm(units[0], o.flag("peepholes"), o.activation())));
        add(new CellEntry(
                "gru", "the gated recurrent unit", Gru.class, Shape.PLAIN, List.of(), (units, o) -> new Gru(units[0])));
        add(new CellEntry(
                "clockwork",
                "groups of units that tick at their own periods",
                Clockwork.class,
                Shape.PLAIN,
                List.of(CellOption.integers("periods", List.of(1, 2, 4, 8), 1, 100_000)),
                (units, o) -> new Clockwork(units[0], o.integers("periods"))));
        add(new CellEntry(
                "convolution",
                "a causal convolution over the last inputs",
                Convolution.class,
                Shape.PLAIN,
                List.of(ACTIVATION, CellOption.integer("width", 3, 1, 1000)),
                (units, o) -> new Convolution(units[0], o.integer("width"), o.activation())));
        add(new CellEntry(
                "echo_state",
                "a fixed random reservoir with a learned readout",
                EchoState.class,
                Shape.PLAIN,
                List.of(
                        CellOption.integer("outputs", 16, 1, 4096),
                        CellOption.number("density", 0.05, 0.001, 1),
                        CellOption.number("radius", 0.9, 0.01, 0.999),
                        CellOption.number("input_scale", 0.5, 0, 100),
                        CellOption.number("feedback", 0, 0, 100),
                        CellOption.integer("seed", 1, 0, Integer.MAX_VALUE)),
                (units, o) -> new EchoState(units[0], o.integer("outputs"), echoes(o))));
    }

    private static EchoState.Echoes echoes(Chosen o) {
        return new EchoState.Echoes(
                o.number("density"),
                o.number("radius"),
                o.number("input_scale"),
                o.number("feedback"),
                o.integer("seed"));
    }

    private static void addWholes() {
        add(new CellEntry(
                "stacked",
                "layers on top of each other, with residual adds and dilations",
                Stacked.class,
                Shape.WHOLE,
                List.of(
                        of("lstm"),
                        CellOption.flag("residual"),
                        CellOption.integers("dilation", List.of(1), 1, 10_000)),
                (units, o) -> new Stacked(inner(units, o), o.flag("residual"), o.integers("dilation"))));
        add(new CellEntry(
                "bidirectional",
                "one cell reads forward, another backward",
                Bidirectional.class,
                Shape.WHOLE,
                List.of(of("lstm")),
                (units, o) -> new Bidirectional(one(units, o), last(units))));
        add(new CellEntry(
                "cnn_lstm",
                "convolutions extract features, an LSTM reads them",
                CnnLstm.class,
                new Shape(2, false),
                List.of(ACTIVATION, CellOption.integer("width", 3, 1, 1000), CellOption.flag("peepholes")),
                Cells::cnnLstm));
        CellOption steps = CellOption.integer("steps", 1, 1, 10_000);
        CellOption reads = CellOption.word("decoder_reads", EncoderDecoder.Reads.BOTH, EncoderDecoder.Reads.values());
        add(new CellEntry(
                "encoder_decoder",
                "reads the window, then unrolls the last steps",
                EncoderDecoder.class,
                Shape.WHOLE,
                List.of(of("lstm"), steps, reads),
                (units, o) -> encoderDecoder(units, o, false)));
        add(new CellEntry(
                "attention",
                "an encoder-decoder that looks back at every step",
                EncoderDecoder.class,
                Shape.WHOLE,
                List.of(of("lstm"), steps, reads),
                (units, o) -> encoderDecoder(units, o, true)));
        add(new CellEntry(
                "highway",
                "a linear map with a cell beside it that starts at zero",
                Highway.class,
                Shape.WHOLE,
                List.of(of("lstm"), CellOption.integer("width_out", 0, 0, 4096)),
                (units, o) -> new Highway(one(units, o), o.orElse("width_out", last(units)))));
        add(new CellEntry(
                "layer_normalisation",
                "a cell whose output is normalised",
                LayerNormalisation.class,
                Shape.WHOLE,
                List.of(of("lstm")),
                (units, o) -> new Stacked(List.of(one(units, o), new LayerNormalisation()))));
    }

    private static Cell cnnLstm(int[] units, Chosen o) {
        List<Convolution> convolutions = new ArrayList<>();
        for (int l = 0; l < units.length - 1; l++) {
            convolutions.add(new Convolution(units[l], o.integer("width"), o.activation()));
        }
        return new CnnLstm(convolutions, new Lstm(last(units), o.flag("peepholes"), Activation.TANH));
    }

    private static Cell encoderDecoder(int[] units, Chosen o, boolean attention) {
        var reads = EncoderDecoder.Reads.valueOf(o.word("decoder_reads").toUpperCase(Locale.ROOT));
        return new EncoderDecoder(one(units, o), o.integer("steps"), reads, attention);
    }

    private static void addHeads() {
        add(new CellEntry(
                "quantiles",
                "groups of levels that never cross",
                Quantiles.class,
                Shape.PLAIN,
                List.of(CellOption.integer("levels", 9, 1, 999)),
                Cells::quantiles));
    }

    private static Cell quantiles(int[] units, Chosen o) {
        int levels = o.integer("levels");
        if (units[0] % levels != 0) {
            throw new IllegalArgumentException(
                    "units of cell quantiles: found " + units[0] + ", right is a multiple of levels, " + levels);
        }
        return new Quantiles(units[0] / levels, levels);
    }
}
