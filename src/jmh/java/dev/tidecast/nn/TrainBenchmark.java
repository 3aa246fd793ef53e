package dev.tidecast.nn;

import dev.tidecast.kernel.CpuTime;
import dev.tidecast.nn.cell.Dense;
import dev.tidecast.nn.cell.Lstm;
import dev.tidecast.nn.cell.Stacked;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Learning: forward, half squared error at each of 64 steps, backward and Adam; LSTM of 8 inputs and a linear head. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 3, time = 1)
public class TrainBenchmark {
    static final int INPUTS = 8;
    static final int STEPS = 64;

    @Param({"64x32", "128x32", "64x1", "128x1"})
    String size;

    private Network network;
    private Weights weights;
    private Tape tape;
    private float[] w;
    private float[] dw;
    private Descent descent;
    private final Loss loss = new HalfSquaredError();
    private final float[] target = {0.5f};

    static int units(String size) {
        return Integer.parseInt(size.substring(0, size.indexOf('x')));
    }

    static int lanes(String size) {
        return Integer.parseInt(size.substring(size.indexOf('x') + 1));
    }

    /** Floating-point operations of the matrix products of one step of learning. */
    static double operations(String size) {
        double units = units(size);
        return 2.0 * STEPS * lanes(size) * 4 * units * (2 * (INPUTS + units) + units);
    }

    @Setup
    public void prepare() {
        Cell cell = new Stacked(List.of(new Lstm(units(size)), new Dense(1, Activation.IDENTITY)));
        network = Network.of(INPUTS, cell);
        w = network.initialise(1);
        dw = new float[w.length];
        weights = network.newWeights();
        tape = network.newLearningTape(lanes(size), STEPS);
        descent = new Descent(new Adam(), Schedule.constant(1e-4), Clip.byNorm(1f), w.length);
        Draws draws = new Draws(1);
        for (int t = 1; t <= STEPS; t++) {
            for (int i = 0; i < lanes(size) * INPUTS; i++) {
                tape.input(t)[i] = (float) draws.normal();
            }
        }
    }

    @Benchmark
    public double learn(CpuTime cpu) {
        network.forward(weights.pack(w), tape);
        double sum = 0;
        for (int t = 1; t <= STEPS; t++) {
            for (int lane = 0; lane < tape.lanes(); lane++) {
                sum += loss.apply(tape.output(t), lane, 1, target, 0, 1f, tape.outputSlope(t));
            }
        }
        network.backward(weights, tape, dw);
        descent.step(w, dw);
        cpu.tick();
        return sum;
    }
}
