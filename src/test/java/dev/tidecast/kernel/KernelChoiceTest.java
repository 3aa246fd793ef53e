package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Which kernels a process gets. */
class KernelChoiceTest {
    @Test
    void whatIsAskedForIsTaken() {
        assertThat(KernelChoice.choose("scalar").kernels().name()).isEqualTo("scalar");
        assertThat(KernelChoice.choose("vector").kernels().name()).startsWith("vector-");
    }

    @Test
    void leftToItselfItSaysWhatItTookAndWhy() {
        KernelChoice choice = KernelChoice.choose("auto");
        assertThat(choice.describe()).startsWith(choice.kernels().name() + " kernels (");
        assertThat(Kernels.describe()).startsWith(Kernels.chosen().name());
    }

    @Test
    void anUnknownWordIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KernelChoice.choose("gpu"))
                .withMessageContaining("scalar, vector or auto")
                .withMessageContaining("gpu");
    }

    @Test
    void theTrialNoticesOneBit() {
        Kernels scalar = new ScalarKernels();
        assertThat(KernelTrial.agree(scalar, new VectorKernels())).isTrue();
        assertThat(KernelTrial.agree(scalar, OneBitOff.of(scalar))).isFalse();
    }

    @Test
    void thisCpuHasFusedMultiplyAdd() {
        assertThat(KernelTrial.hasFusedMultiplyAdd()).isTrue();
    }
}
