package dev.tidecast.nn.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Param;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CellsCatalogueTest {
    @Test
    void everyArchitectureHasItsWord() {
        assertThat(Cells.names())
                .containsExactly(
                        "dense",
                        "elman",
                        "jordan",
                        "lstm",
                        "gru",
                        "clockwork",
                        "convolution",
                        "echo_state",
                        "stacked",
                        "bidirectional",
                        "cnn_lstm",
                        "encoder_decoder",
                        "attention",
                        "highway",
                        "layer_normalisation",
                        "quantiles");
    }

    @Test
    void whatReadsTheWholeWindowIsWindowed() {
        assertThat(Cells.entries().stream().filter(entry -> !entry.recurrent()).map(CellEntry::name))
                .containsExactly("bidirectional", "encoder_decoder", "attention");
    }

    @Test
    void weightsAndStateAreCounted() {
        assertThat(Cells.entry("lstm").weights(8, new int[] {64}, Map.of())).isEqualTo(4 * 64 * (8 + 64 + 1));
        assertThat(Cells.entry("lstm").stateFloats(8, new int[] {64}, Map.of())).isEqualTo(128);
        assertThat(Cells.entry("gru").weights(3, new int[] {5}, Map.of())).isEqualTo(3 * 5 * (3 + 5 + 1));
        assertThat(Cells.entry("gru").stateFloats(3, new int[] {5, 4}, Map.of()))
                .isEqualTo(9);
        assertThat(Cells.entry("elman").weights(2, new int[] {3}, Map.of())).isEqualTo(3 * 6);
        assertThat(Cells.entry("dense").stateFloats(2, new int[] {3}, Map.of())).isZero();
        assertThat(Cells.entry("convolution").stateFloats(2, new int[] {3}, Map.of("width", 4)))
                .as("the lagged inputs are state")
                .isEqualTo(6);
        assertThat(Cells.entry("stacked").stateFloats(1, new int[] {5}, Map.of("of", "gru", "dilation", 3)))
                .isEqualTo(15);
        assertThat(Cells.entry("attention").stateFloats(1, new int[] {5}, Map.of()))
                .isZero();
        assertThat(Cells.entry("echo_state").weights(1, new int[] {100}, Map.of("outputs", 1)))
                .as("only the readout is learnt")
                .isEqualTo(100 + 1 + 1 + 1);
    }

    @Test
    void severalUnitsAreSeveralLayers() {
        assertThat(Cells.of("lstm", new int[] {40, 40}, Map.of()))
                .isEqualTo(new Stacked(List.of(new Lstm(40), new Lstm(40))));
    }

    @Test
    void clockworkBlocksShrinkFromTheFastestToTheSlowest() {
        Network network = Network.of(1, Cells.of("clockwork", new int[] {256}, Map.of()));
        for (int group = 0; group < 4; group++) {
            String prefix = "h" + group + ".w";
            int heard = network.params().stream()
                    .filter(p -> p.name().startsWith(prefix) && !p.name().equals(prefix + "0"))
                    .mapToInt(Param::rows)
                    .sum();
            assertThat(heard).isEqualTo(256 - 64 * group);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("ltsm", Map.of(), "found cell ltsm, right is one of dense, elman, "),
                Arguments.of(
                        "lstm",
                        Map.of("peephole", true),
                        "found option peephole of cell lstm, right is one of [peepholes"),
                Arguments.of(
                        "lstm",
                        Map.of("peepholes", "yes"),
                        "option peepholes of cell lstm: found yes, right is true or false"),
                Arguments.of(
                        "elman",
                        Map.of("activation", "relux"),
                        "found relux, right is identity, tanh, sigmoid, relu, leaky_relu"),
                Arguments.of(
                        "echo_state",
                        Map.of("radius", 1.2),
                        "option radius of cell echo_state: found 1.2, right is 0.01 to 0.999"),
                Arguments.of("clockwork", Map.of("periods", List.of(1, 2, 4)), "4 units do not make 3 groups"),
                Arguments.of("clockwork", Map.of("periods", List.of(2, 1)), "periods must ascend"),
                Arguments.of(
                        "stacked",
                        Map.of("of", "attention"),
                        "option of of cell stacked: found attention, right is dense, "),
                Arguments.of("cnn_lstm", Map.of(), "units of cell cnn_lstm: found [4], right is a list of at least 2"),
                Arguments.of("convolution", Map.of("width", 2.5), "found 2.5, right is 1 to 1000"),
                Arguments.of("quantiles", Map.of(), "found 4, right is a multiple of levels, 9"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithWhatIsRight(String name, Map<String, ?> options, String message) {
        assertThatThrownBy(() -> Cells.of(name, new int[] {4}, options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void unitsAreChecked() {
        for (int[] units : new int[][] {{}, {0}, {5, -1}, {5000}}) {
            assertThatThrownBy(() -> Cells.of("gru", units, Map.of()))
                    .hasMessageStartingWith("units of cell gru: found [");
        }
    }

    @Test
    void theUsualOptionsAreWhatTheCatalogueSays() {
        for (CellEntry entry : Cells.entries()) {
            Map<String, Object> usual = new HashMap<>();
            entry.options().forEach(option -> usual.put(option.name(), option.usual()));
            int[] units = entry.example();
            assertThat(Cells.of(entry.name(), units, usual)).isEqualTo(Cells.of(entry.name(), units, Map.of()));
        }
    }

    @Test
    void feedbackOfAnEchoStateNetworkIsHeard() {
        Network without = Network.of(1, Cells.of("echo_state", new int[] {20}, Map.of("outputs", 2)));
        Network with = Network.of(1, Cells.of("echo_state", new int[] {20}, Map.of("outputs", 2, "feedback", 0.5)));
        assertThat(with.weights()).isEqualTo(without.weights());
        assertThat(with.stateSize()).isEqualTo(without.stateSize());
    }
}
