package dev.tidecast.kernel;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The products of one layer of n units (n inputs to 4 n gates), its activations, and EJML's form of the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class KernelBenchmark {
    private static final int FRAMES = 16;

    @Param({"64", "128"})
    public int units;

    @Param({"1", "32"})
    public int lanes;

    @Param({"scalar", "vector"})
    public String kind;

    private Kernels kernels;
    private Shape shape;
    private float[][] w;
    private float[][] dw;
    private float[][] xs;
    private float[][] ys;
    private DMatrixRMaj ejmlW;
    private DMatrixRMaj ejmlX;
    private DMatrixRMaj ejmlY;

    @Setup
    public void make() {
        SplittableRandom random = new SplittableRandom(1);
        kernels = KernelChoice.choose(kind).kernels();
        shape = new Shape(units, 4 * units, lanes);
        w = rows(random, units, 4 * units);
        dw = rows(random, units, 4 * units);
        xs = rows(random, FRAMES, units * lanes);
        ys = rows(random, FRAMES, 4 * units * lanes);
        ejmlW = new DMatrixRMaj(4 * units, units);
        ejmlX = new DMatrixRMaj(units, lanes);
        ejmlY = new DMatrixRMaj(4 * units, lanes);
        for (DMatrixRMaj matrix : new DMatrixRMaj[] {ejmlW, ejmlX, ejmlY}) {
            for (int i = 0; i < matrix.data.length; i++) {
                matrix.data[i] = 0.1 * random.nextDouble() - 0.05;
            }
        }
    }

    private static float[][] rows(SplittableRandom random, int count, int n) {
        float[][] rows = new float[count][];
        for (int j = 0; j < count; j++) {
            rows[j] = Kernels.floats(n);
            for (int i = 0; i < n; i++) {
                rows[j][i] = (float) random.nextDouble() * 0.1f - 0.05f;
            }
        }
        return rows;
    }

    @Benchmark
    public float[] product() {
        kernels.gemm(shape, w, xs[0], ys[0]);
        return ys[0];
    }

    /** {@value #FRAMES} frames. */
    @Benchmark
    public float[][] gradient() {
        kernels.outer(shape, dw, xs, ys, 0, FRAMES);
        return dw;
    }

    @Benchmark
    public float[] tanh() {
        kernels.tanh(ys[1], ys[2], 4 * units * lanes);
        return ys[2];
    }

    @Benchmark
    public float[] exp() {
        kernels.exp(ys[1], ys[3], 4 * units * lanes);
        return ys[3];
    }

    @Benchmark
    public DMatrixRMaj ejmlProduct() {
        CommonOps_DDRM.multAdd(ejmlW, ejmlX, ejmlY);
        return ejmlY;
    }

    @Benchmark
    public DMatrixRMaj ejmlGradient() {
        CommonOps_DDRM.multAddTransB(ejmlY, ejmlX, ejmlW);
        return ejmlW;
    }

    /** {@link FmaPeak#operations} operations. */
    @Benchmark
    public float fmaPeak() {
        return FmaPeak.run();
    }
}
