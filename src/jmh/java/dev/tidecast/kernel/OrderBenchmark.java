package dev.tidecast.kernel;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the one order of all operations costs: each vector kernel beside a form of it that may add as it likes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 400, timeUnit = TimeUnit.MILLISECONDS)
public class OrderBenchmark {
    /** The methods; each runs in the contract's order and in a free one. */
    public static final List<String> KERNELS = List.of("dot", "product", "narrow", "tanh", "gradient");

    /** Runs per tick of the clock. */
    public static final int RUNS = 256;

    private static final int UNITS = 64;
    private static final int GATES = 4 * UNITS;
    private static final int LANES = 32;
    private static final int LONG = 1024;

    @Param({"true", "false"})
    public boolean free;

    private final Kernels kernels = new VectorKernels();
    private final Shape one = new Shape(UNITS, GATES, 1);
    private final Shape narrow = new Shape(UNITS, Kernels.ROOM, 1);
    private final Shape many = new Shape(UNITS, GATES, LANES);
    private final float[][] w = rows(UNITS, GATES);
    private final float[][] few = rows(UNITS, Kernels.ROOM);
    private final float[] strips = new float[kernels.strips(UNITS, GATES)];
    private final float[][] xs = rows(1, UNITS * LANES);
    private final float[][] zs = rows(1, GATES * LANES);
    private final float[] y = new float[LONG];
    private final float[] a = rows(1, LONG)[0];

    private static float[][] rows(int count, int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[][] rows = new float[count][n];
        for (float[] row : rows) {
            for (int i = 0; i < n; i++) {
                row[i] = (float) random.nextDouble() * 0.1f - 0.05f;
            }
        }
        return rows;
    }

    /** Of 1024 elements. */
    @Benchmark
    public float dot(CpuTime cpu) {
        float sum = 0;
        for (int k = 0; k < RUNS; k++) {
            sum += free ? FreeOrder.dot(a, xs[0], LONG) : kernels.dot(a, 0, xs[0], 0, LONG);
        }
        cpu.tick();
        return sum;
    }

    /** One lane, 64 inputs, 256 outputs. */
    @Benchmark
    public float[] product(CpuTime cpu) {
        for (int k = 0; k < RUNS; k++) {
            if (free) {
                FreeOrder.product(UNITS, GATES, strips, xs[0], y);
            } else {
                kernels.gemm(one, w, strips, xs[0], y);
            }
        }
        cpu.tick();
        return y;
    }

    /** One lane, 64 inputs, 16 outputs: nothing but the latency of 64 additions. */
    @Benchmark
    public float[] narrow(CpuTime cpu) {
        for (int k = 0; k < RUNS; k++) {
            if (free) {
                FreeOrder.narrow(UNITS, few, xs[0], y);
            } else {
                kernels.gemm(narrow, few, xs[0], y);
            }
        }
        cpu.tick();
        return y;
    }

    /** Of 1024 elements. */
    @Benchmark
    public float[] tanh(CpuTime cpu) {
        for (int k = 0; k < RUNS; k++) {
            if (free) {
                FreeOrder.tanh(a, y, LONG);
            } else {
                kernels.tanh(a, y, LONG);
            }
        }
        cpu.tick();
        return y;
    }

    /** 32 lanes, 64 inputs, 256 outputs. */
    @Benchmark
    public float[][] gradient(CpuTime cpu) {
        for (int k = 0; k < RUNS; k++) {
            if (free) {
                FreeOrder.gradient(many, w, xs[0], zs[0]);
            } else {
                kernels.outer(many, w, xs, zs, 0, 1);
            }
        }
        cpu.tick();
        return w;
    }
}
