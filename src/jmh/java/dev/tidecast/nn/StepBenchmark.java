package dev.tidecast.nn;

import dev.tidecast.nn.cell.Lstm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Serving: one step of an LSTM of 8 inputs and 64 units, state in, state out. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class StepBenchmark {
    private static final int INPUTS = 8;
    private static final int UNITS = 64;

    private final Network network = Network.of(INPUTS, new Lstm(UNITS));
    private final Weights weights = network.pack(network.initialise(1));
    private final Tape tape = network.newTape(1, 1);
    private final float[] state = new float[network.stateSize()];
    private final float[] x = {0.1f, -0.2f, 0.3f, -0.4f, 0.5f, -0.6f, 0.7f, -0.8f};
    private final EjmlLstm ejml = new EjmlLstm(INPUTS, UNITS, 1);

    @Benchmark
    public float[] step() {
        network.loadState(tape, 0, state, 0);
        tape.input(0, 1, x, 0);
        network.forward(weights, tape);
        network.saveState(tape, 0, state, 0);
        return state;
    }

    @Benchmark
    public double[] ejml() {
        return ejml.step(x);
    }
}
