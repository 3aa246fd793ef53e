package dev.tidecast.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.kernel.BothKernels;
import dev.tidecast.kernel.Kernels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What every cell starts from and becomes, as committed hashes: the same with every kernel, on every JDK and machine. */
class SameBitsTest {
    @Test
    void aLongRunOfEveryCellHasTheCommittedBits() throws IOException {
        for (Kernels kernels : BothKernels.all()) {
            String now = Example.all()
                    .map(example ->
                            String.format("%s start %08x end %08x%n", example, start(example), end(example, kernels)))
                    .collect(Collectors.joining());
            byte[] golden = Golden.bytes("nn-bits.txt", now.getBytes(StandardCharsets.UTF_8));
            assertThat(now).as(kernels.name()).isEqualTo(new String(golden, StandardCharsets.UTF_8));
        }
    }

    private static int start(Example example) {
        return hash(example.network().initialise(1));
    }

    /** The weights after forty steps of Adam on one batch. */
    private static int end(Example example, Kernels kernels) {
        Trial trial = new Trial(example.network(), kernels, 1, 12, 0, 3, 0, 5, 1, 0, 0, 2, 0, 0);
        float[] w = trial.weights;
        float[][] moments = new float[2][w.length];
        for (int step = 1; step <= 40; step++) {
            float[] dw = trial.gradient();
            Clip.byNorm(1f).apply(kernels, dw);
            new Adam(0.9, 0.999, 1e-8, 0.01).step(kernels, w, dw, moments, step, 0.01);
        }
        return hash(w);
    }

    private static int hash(float[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.array());
        return (int) crc.getValue();
    }
}
