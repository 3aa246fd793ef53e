package dev.tidecast.nn;

import dev.tidecast.kernel.CpuTime;
import dev.tidecast.kernel.FmaPeak;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/** The most that one core can do: what learning is measured against. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class PeakBenchmark {
    private static final int RUNS = 200;

    static double operations() {
        return RUNS * FmaPeak.operations();
    }

    @Benchmark
    public float peak(CpuTime cpu) {
        float sum = 0;
        for (int k = 0; k < RUNS; k++) {
            sum += FmaPeak.run();
        }
        cpu.tick();
        return sum;
    }
}
