package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of steps of a recurrence that learns: products, activations, gradients, sums and Adam feed each other, so one bit
 * that differs anywhere changes the hash. The hash holds for every implementation, JDK and machine, and for ever: forecasts are
 * replayed to the bit.
 */
class LongRunTest {
    private static final String HASH = "502fc1b9c93aa1442fa9585fc7f52cd4a9b8111efdf4cb0b45da64b7b7f5979d";
    private static final int STEPS = 2000;
    private static final int UNITS = 41;
    private static final int LANES = 3;
    private static final int SIZE = UNITS * LANES;
    private static final Shape SHAPE = new Shape(UNITS, UNITS, LANES);

    static Stream<Named<Kernels>> kernels() {
        return Widths.ALL.stream().map(k -> Named.of(k.name(), k));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyImplementationGivesTheCommittedHash(Kernels kernels) {
        assertThat(new Run(kernels).hash()).isEqualTo(HASH);
    }

    @Test
    void theChosenKernelsGiveTheCommittedHash() {
        assertThat(new Run(Kernels.chosen()).hash()).isEqualTo(HASH);
    }

    @Test
    void theImplementationsAreThoseTheyClaimToBe() {
        assertThat(Widths.ALL.stream().map(Kernels::name))
                .containsExactly("scalar", "vector-128", "vector-256", "vector-512");
    }

    /** A gated recurrence h = gate c + (1 - gate) h, pulled towards a target by one-step gradients. */
    private static final class Run {
        private final Kernels k;
        private final SplittableRandom random = new SplittableRandom(41);
        private final float[] flat = draw(UNITS * UNITS);
        private final float[] slope = new float[UNITS * UNITS];
        private final float[] first = new float[UNITS * UNITS];
        private final float[] second = new float[UNITS * UNITS];
        private final float[][] w = new float[UNITS][UNITS];
        private final float[][] dw = new float[UNITS][UNITS];
        private final float[] bias = draw(UNITS);
        private final float[] peephole = draw(UNITS);
        private final float[] h = Kernels.floats(SIZE);
        private final float[] z = Kernels.floats(SIZE);
        private final float[] gate = Kernels.floats(SIZE);
        private final float[] c = Kernels.floats(SIZE);
        private final float[] dc = Kernels.floats(SIZE);
        private final float[] dz = Kernels.floats(SIZE);

        Run(Kernels kernels) {
            k = kernels;
        }

        private float[] draw(int n) {
            float[] v = new float[n];
            for (int i = 0; i < n; i++) {
                v[i] = (float) random.nextDouble() - 0.5f;
            }
            return v;
        }

        String hash() {
            MessageDigest digest = sha256();
            ByteBuffer bytes = ByteBuffer.allocate(4 * SIZE + 4);
            for (int step = 0; step < STEPS; step++) {
                forward();
                float loss = backward(draw(SIZE));
                bytes.clear();
                for (int i = 0; i < SIZE; i++) {
                    bytes.putInt(Float.floatToRawIntBits(h[i]));
                }
                bytes.putInt(Float.floatToRawIntBits(loss));
                digest.update(bytes.array());
            }
            assertThat(k.isFinite(h, 0, SIZE)).isTrue();
            assertThat(k.max(h, 0, SIZE)).as("still moving").isBetween(0.01f, 0.99f);
            return HexFormat.of().formatHex(digest.digest());
        }

        private void forward() {
            k.pack(flat, 0, w, UNITS);
            k.bias(bias, z, UNITS, LANES);
            k.gemm(SHAPE, w, h, z);
            k.diagonal(peephole, h, z, UNITS, LANES);
            k.sigmoid(z, gate, SIZE);
            k.tanh(z, c, SIZE);
            k.blend(gate, c, h, h, SIZE);
        }

        private float backward(float[] target) {
            k.subtract(h, target, dc, SIZE);
            k.softplus(dc, dc, SIZE);
            for (int l = 0; l < LANES; l++) {
                k.softmax(dc, dc, l * UNITS, UNITS);
            }
            k.exp(dc, dc, SIZE);
            k.log(dc, dc, SIZE);
            java.util.Arrays.fill(dz, 0f);
            k.tanhSlope(c, dc, dz, SIZE);
            k.sigmoidSlope(gate, dc, dz, SIZE);
            k.outer(SHAPE, dw, new float[][] {h, c}, new float[][] {dz, dc}, 0, 2);
            k.biasSlope(new float[][] {dz}, 0, 1, bias, UNITS, LANES);
            k.unpack(dw, slope, 0, UNITS);
            k.adam(new AdamStep(0.9f, 0.999f, 1e-3f, 1f, 1e-8f, 0.9999f), flat, slope, first, second, UNITS * UNITS);
            k.scale(0.5f, bias, bias, UNITS);
            return k.sum(h, 0, SIZE) + k.dot(h, 0, target, 0, SIZE) + k.max(dc, 0, SIZE);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
