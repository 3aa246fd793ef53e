package dev.tidecast.nn;

import dev.tidecast.nn.cell.Cells;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every line of the catalogue, and its options, at a size that is quick to check and awkward for vectors. */
record Example(String name, List<Integer> units, Map<String, ?> options) {
    static final int INPUTS = 3;

    static Stream<Example> all() {
        return Stream.concat(cells(), wholes());
    }

    private static Stream<Example> cells() {
        return Stream.of(
                new Example("dense", List.of(5), Map.of("activation", "sigmoid")),
                new Example("dense", List.of(5, 3), Map.of("activation", "leaky_relu")),
                new Example("elman", List.of(5), Map.of()),
                new Example("elman", List.of(5), Map.of("activation", "relu", "start", "identity")),
                new Example("jordan", List.of(5), Map.of("outputs", 2)),
                new Example("lstm", List.of(5), Map.of()),
                new Example("lstm", List.of(5), Map.of("peepholes", true)),
                new Example("gru", List.of(5), Map.of()),
                new Example("clockwork", List.of(6), Map.of("periods", List.of(1, 2, 3))),
                new Example("convolution", List.of(5), Map.of("activation", "identity")),
                new Example("echo_state", List.of(12), Map.of("outputs", 2, "density", 0.2)));
    }

    private static Stream<Example> wholes() {
        return Stream.of(
                new Example("stacked", List.of(4, 4), Map.of("of", "lstm", "residual", true)),
                new Example("stacked", List.of(3, 3), Map.of("of", "gru", "residual", true, "dilation", List.of(1, 3))),
                new Example("bidirectional", List.of(3), Map.of()),
                new Example("bidirectional", List.of(3), Map.of("of", "convolution", "width", 2)),
                new Example("cnn_lstm", List.of(3, 4), Map.of("activation", "relu")),
                new Example("encoder_decoder", List.of(4), Map.of("steps", 3)),
                new Example(
                        "encoder_decoder", List.of(3, 4), Map.of("of", "gru", "steps", 2, "decoder_reads", "output")),
                new Example("attention", List.of(4), Map.of("steps", 2)),
                new Example("attention", List.of(4), Map.of("of", "elman", "steps", 3, "decoder_reads", "input")),
                new Example("highway", List.of(4), Map.of("of", "gru")),
                new Example("layer_normalisation", List.of(5), Map.of("of", "elman")),
                new Example("quantiles", List.of(10), Map.of("levels", 5)));
    }

    Cell cell() {
        return Cells.of(name, units.stream().mapToInt(Integer::intValue).toArray(), options);
    }

    Network network() {
        return Network.of(INPUTS, cell());
    }

    boolean kinked() {
        return String.valueOf(options.get("activation")).endsWith("relu");
    }

    @Override
    public String toString() {
        return name + " " + units + " " + new TreeMap<>(options);
    }
}
