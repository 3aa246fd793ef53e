package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidecast.nn.cell.Cells;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PyTorch's numbers: {@code golden/nn-torch.py} made them. */
class GoldenTorchTest {
    private static final int INPUTS = 3;
    private static final int UNITS = 5;
    private static final int STEPS = 8;
    private static final Map<String, double[]> GOLDEN = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = GoldenTorchTest.class.getResourceAsStream("/golden/nn-torch.json");
                JsonParser json = new JsonFactory().createParser(in)) {
            String name = "";
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME) {
                    name = json.currentName();
                } else if (json.currentToken() == JsonToken.START_ARRAY) {
                    GOLDEN.put(name, numbers(json));
                }
            }
        }
    }

    private static double[] numbers(JsonParser json) throws IOException {
        double[] all = new double[10_000];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all[count++] = json.getDoubleValue();
        }
        return Arrays.copyOf(all, count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"elman", "lstm", "gru"})
    void forwardAndAllGradientsAreTorchs(String cell) {
        Network network = Network.of(INPUTS, Cells.of(cell, new int[] {UNITS}, Map.of()));
        float[] w = new float[network.weights()];
        for (Param param : network.params()) {
            double[] golden = golden(cell + " weight " + param.name(), param.size());
            for (int i = 0; i < param.size(); i++) {
                w[param.offset() + i] = (float) golden[i];
            }
        }
        Tape tape = network.newLearningTape(1, STEPS);
        double[] x = golden(cell + " inputs", STEPS * INPUTS);
        for (int i = 0; i < x.length; i++) {
            tape.input(1 + i / INPUTS)[i % INPUTS] = (float) x[i];
        }
        Weights weights = network.newWeights().pack(w);
        network.forward(weights, tape);
        double[] y = golden(cell + " outputs", STEPS * UNITS);
        double[] wishes = golden(cell + " wishes", STEPS * UNITS);
        for (int i = 0; i < y.length; i++) {
            float own = tape.output(1 + i / UNITS)[i % UNITS];
            assertThat((double) own).as("output %d", i).isCloseTo(y[i], within(2e-6));
            tape.outputSlope(1 + i / UNITS)[i % UNITS] = own + (float) wishes[i];
        }
        float[] dw = new float[w.length];
        network.backward(weights, tape, dw);
        for (Param param : network.params()) {
            double[] golden = golden(cell + " gradient " + param.name(), param.size());
            for (int i = 0; i < param.size(); i++) {
                assertThat((double) dw[param.offset() + i])
                        .as("gradient of %s[%d]", param.name(), i)
                        .isCloseTo(golden[i], within(2e-5 * (1 + Math.abs(golden[i]))));
            }
        }
    }

    private static double[] golden(String name, int size) {
        double[] numbers = Objects.requireNonNull(GOLDEN.get(name), name);
        assertThat(numbers).hasSize(size);
        return numbers;
    }
}
