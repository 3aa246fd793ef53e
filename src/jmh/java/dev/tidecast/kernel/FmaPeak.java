package dev.tidecast.kernel;

import static dev.tidecast.kernel.VectorWidth.S;

import jdk.incubator.vector.FloatVector;

/**
 * The most one core can do in float32: fused multiply-adds on registers alone, 12 independent sums. What other benchmarks are
 * measured against, in the same run.
 */
public final class FmaPeak {
    private static final int ROUNDS = 4096;
    private static final int SUMS = 12;

    private FmaPeak() {}

    /** Floating-point operations of one {@link #run}: an fma is two. */
    public static double operations() {
        return 2.0 * SUMS * ROUNDS * VectorWidth.W;
    }

    /** One round of the measurement; the result only keeps the work from being removed. */
    public static float run() {
        FloatVector k = FloatVector.broadcast(S, 0.999f);
        FloatVector c = FloatVector.broadcast(S, 0.001f);
        FloatVector a0 = c, a1 = c, a2 = c, a3 = c, a4 = c, a5 = c;
        FloatVector a6 = c, a7 = c, a8 = c, a9 = c, a10 = c, a11 = c;
        for (int i = 0; i < ROUNDS; i++) {
            a0 = a0.fma(k, c);
            a1 = a1.fma(k, c);
            a2 = a2.fma(k, c);
            a3 = a3.fma(k, c);
            a4 = a4.fma(k, c);
            a5 = a5.fma(k, c);
            a6 = a6.fma(k, c);
            a7 = a7.fma(k, c);
            a8 = a8.fma(k, c);
            a9 = a9.fma(k, c);
            a10 = a10.fma(k, c);
            a11 = a11.fma(k, c);
        }
        FloatVector sum = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
        return sum.add(a6).add(a7).add(a8).add(a9).add(a10).add(a11).lane(0);
    }

    /** Operations per second: the best of some rounds of 20 ms, after as much warm-up. */
    public static double measure() {
        double best = 0;
        float sink = 0;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            int runs = 0;
            while (System.nanoTime() - start < 20_000_000L) {
                sink += run();
                runs++;
            }
            best = Math.max(best, operations() * runs * 1e9 / (System.nanoTime() - start));
        }
        return sink == 0 ? Double.NaN : best;
    }
}
