package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeanTest {
    @Test
    void theGradientOfAMeanEqualsCentralDifferences() {
        Network network =
                Network.of(3, (g, x) -> g.mean(g.affine("a", 4, x), g.tanh(g.affine("b", 4, x)), g.affine("c", 4, x)));
        assertThat(GradientCheck.of(Trial.of(network, 1), false).worst()).isLessThan(1e-3);
    }

    @Test
    void equalVectorsHaveThemselvesAsMeanWhateverTheirNumber() {
        for (int count = 1; count <= 7; count++) {
            int parts = count;
            Network network = Network.of(64, (g, x) -> {
                Slot[] same = new Slot[parts];
                java.util.Arrays.fill(same, g.tanh(x));
                return g.mean(same);
            });
            Network alone = Network.of(64, (g, x) -> g.tanh(x));
            assertThat(outputs(network)).isEqualTo(outputs(alone));
        }
    }

    private static float[] outputs(Network network) {
        Trial trial = Trial.of(network, 5);
        trial.forward();
        return trial.tape().output(7);
    }

    @Test
    void onlyVectorsOfOneSizeHaveAMean() {
        assertThatThrownBy(() -> Network.of(3, (g, x) -> g.mean(x, g.affine("a", 4, x))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("do not match");
    }
}
