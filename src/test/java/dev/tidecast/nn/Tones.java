package dev.tidecast.nn;

import dev.tidecast.nn.cell.Dense;
import dev.tidecast.nn.cell.Stacked;
import java.util.List;

/**
 * A cell with a linear head that learns the next value of a noisy sum of two tones from the last three. A network that sees
 * the whole window is asked in the last frame only, one with a decoder in the decoder's frames.
 */
final class Tones {
    private static final int LANES = 8;
    private static final int STEPS = 20;

    private final Network network;
    private final boolean onlyLast;
    private final float[] w;
    private final Weights weights;
    private final Tape tape;
    private final float[] target = new float[1];
    private final Draws draws;
    private final float[] series = new float[4000];

    Tones(Cell cell, long seed) {
        network = Network.of(Example.INPUTS, new Stacked(List.of(cell, new Dense(1, Activation.IDENTITY))));
        onlyLast = !network.recurrent() && network.firstOutput(STEPS) == 1;
        w = network.initialise(seed);
        weights = network.newWeights();
        tape = network.newLearningTape(LANES, STEPS);
        draws = new Draws(seed);
        for (int t = 0; t < series.length; t++) {
            series[t] = (float) (StrictMath.sin(2 * Math.PI * t / 11)
                    + 0.6 * StrictMath.sin(2 * Math.PI * t / 4.3)
                    + 0.1 * draws.normal());
        }
    }

    void learn(int steps) {
        Descent descent = new Descent(new Adam(), Schedule.constant(0.02), Clip.byNorm(1f), w.length);
        float[] dw = new float[w.length];
        for (int k = 0; k < steps; k++) {
            run(0, 3000);
            network.backward(weights, tape, dw);
            descent.step(w, dw);
        }
    }

    /** The mean absolute error on the part of the series that was not learnt. */
    double error() {
        double sum = 0;
        for (int k = 0; k < 10; k++) {
            sum += run(3000, series.length);
        }
        return sum / 10;
    }

    double persistence() {
        double sum = 0;
        for (int t = 3001; t < series.length; t++) {
            sum += Math.abs(series[t] - series[t - 1]);
        }
        return sum / (series.length - 3001);
    }

    private double run(int from, int to) {
        int[] start = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            start[lane] = from + 3 + draws.below(to - from - STEPS - 4);
            tape.begin(lane, 0, start[lane]);
            for (int t = 1; t <= STEPS; t++) {
                for (int lag = 0; lag < Example.INPUTS; lag++) {
                    tape.input(t)[lane * Example.INPUTS + lag] = series[start[lane] + t - lag];
                }
            }
        }
        network.forward(weights.pack(w), tape);
        int first = onlyLast ? STEPS : Math.max(5, network.firstOutput(STEPS));
        double sum = 0;
        Loss loss = new HalfSquaredError();
        for (int t = first; t <= STEPS; t++) {
            for (int lane = 0; lane < LANES; lane++) {
                target[0] = series[start[lane] + t + 1];
                loss.apply(tape.output(t), lane, 1, target, 0, 1f / LANES, tape.outputSlope(t));
                sum += Math.abs(tape.output(t)[lane] - target[0]);
            }
        }
        return sum / (LANES * (STEPS - first + 1));
    }
}
