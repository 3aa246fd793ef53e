package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.nn.cell.Gru;
import dev.tidecast.nn.cell.Lstm;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapeTest {
    @Test
    void theTapeWalkedBackwardsIsTheGradient() {
        for (Cell cell : List.of(new Lstm(4), new Lstm(4, true, Activation.TANH), new Gru(4))) {
            GradientCheck check = GradientCheck.of(Trial.of(Network.of(2, cell), 3), false);
            assertThat(check.worst()).as(cell + " " + check).isLessThan(1e-3);
            assertThat(check.skipped()).isZero();
        }
    }
}
