package dev.tidecast.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The short self-test behind {@link KernelChoice}: do two kernels agree to the bit, and which one is faster? */
final class KernelTrial {
    private static final Shape SHAPE = new Shape(64, 96, 16);
    private static final long WARM_UP = 30_000_000L;
    private static final long PATIENCE = 1_500_000_000L;

    /** Without the instruction Math.fma goes through BigDecimal: far slower than anything else here. */
    private static final double SLOWEST_FMA = 100.0;

    private final float[][] w = new float[SHAPE.inputs()][];
    private final float[][] x = new float[1][];
    private final float[][] y = new float[1][];

    private KernelTrial() {
        SplittableRandom random = new SplittableRandom(7);
        for (int j = 0; j < w.length; j++) {
            w[j] = floats(random, SHAPE.outputs());
        }
        x[0] = floats(random, SHAPE.inputs() * SHAPE.lanes());
        y[0] = floats(random, SHAPE.outputs() * SHAPE.lanes());
    }

    private static float[] floats(SplittableRandom random, int n) {
        float[] floats = Kernels.floats(n);
        for (int i = 0; i < n; i++) {
            floats[i] = (float) random.nextDouble() - 0.5f;
        }
        return floats;
    }

    static boolean hasFusedMultiplyAdd() {
        double best = Double.MAX_VALUE;
        float sum = 1f;
        for (int round = 0; round < 40 && best > SLOWEST_FMA; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                sum = Math.fma(sum, 0.999f, 0.001f);
            }
            best = Math.min(best, (System.nanoTime() - start) / 1000.0);
        }
        return best <= SLOWEST_FMA && sum != 0f;
    }

    static boolean agree(Kernels a, Kernels b) {
        return Arrays.equals(new KernelTrial().run(a), new KernelTrial().run(b));
    }

    /** Some of everything: products, their gradient, activations, a sum. */
    private float[] run(Kernels kernels) {
        int n = SHAPE.outputs() * SHAPE.lanes();
        kernels.gemm(SHAPE, w, x[0], y[0]);
        kernels.tanh(y[0], y[0], n);
        kernels.outer(SHAPE, w, x, y, 0, 1);
        kernels.exp(y[0], y[0], n);
        kernels.log(y[0], y[0], n);
        float[] alone = oneLane(kernels);
        float[] all = Arrays.copyOf(y[0], n + 1 + SHAPE.inputs() + alone.length);
        all[n] = kernels.sum(y[0], 0, n);
        for (int j = 0; j < w.length; j++) {
            all[n + 1 + j] = kernels.dot(w[j], 0, y[0], j, SHAPE.outputs());
        }
        System.arraycopy(alone, 0, all, n + 1 + SHAPE.inputs(), alone.length);
        return all;
    }

    private float[] oneLane(Kernels kernels) {
        float[] strips = new float[kernels.strips(SHAPE.inputs(), SHAPE.outputs())];
        kernels.cut(w, strips, SHAPE.outputs());
        float[] z = Kernels.floats(SHAPE.outputs());
        kernels.gemm(SHAPE.withLanes(1), w, strips, x[0], z);
        return z;
    }

    /** Gives C2 some time to compile the challenger; ends as soon as it has won. */
    static boolean isFaster(Kernels challenger, Kernels champion) {
        KernelTrial trial = new KernelTrial();
        long start = System.nanoTime();
        long champions = Long.MAX_VALUE;
        while (System.nanoTime() - start < WARM_UP) {
            champions = Math.min(champions, trial.time(champion));
        }
        while (System.nanoTime() - start < PATIENCE) {
            if (trial.time(challenger) < champions) {
                return true;
            }
            champions = Math.min(champions, trial.time(champion));
        }
        return false;
    }

    private long time(Kernels kernels) {
        Arrays.fill(y[0], 0f);
        long start = System.nanoTime();
        for (int round = 0; round < 4; round++) {
            kernels.gemm(SHAPE, w, x[0], y[0]);
        }
        return System.nanoTime() - start;
    }
}
