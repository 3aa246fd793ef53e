package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;

/**
 * A network on a small batch of random sequences with a made-up loss, Σ a y + ½ y² over every output of every live step, so
 * that every number takes part. Lanes have unequal lengths, their own clocks, and a random past.
 */
final class Trial {
    static final int LANES = 3;

    final Network network;
    final float[] weights;
    private final Weights packed;
    private final Tape tape;
    private final float[][] inputs; // per frame: lanes × inputs
    private final float[][] wishes; // per frame: lanes × outputs
    private final float[][] past; // per lane: state
    private final int[] padding;

    Trial(Network network, Kernels kernels, long seed, int steps, int... padding) {
        this.network = network;
        this.padding = padding;
        Draws draws = new Draws(seed).named("trial");
        weights = network.initialise(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (0.3 * draws.normal());
        }
        packed = network.newWeights();
        tape = network.newLearningTape(kernels, padding.length, steps);
        inputs = normals(draws, steps, padding.length * network.inputs());
        wishes = normals(draws, steps, padding.length * network.outputs());
        past = normals(draws, padding.length, network.stateSize());
    }

    static Trial of(Network network, long seed) {
        return new Trial(network, Kernels.chosen(), seed, 7, 0, 2, 1);
    }

    private static float[][] normals(Draws draws, int rows, int columns) {
        float[][] x = new float[rows][columns];
        for (float[] row : x) {
            for (int i = 0; i < columns; i++) {
                row[i] = (float) (0.7 * draws.normal());
            }
        }
        return x;
    }

    Tape tape() {
        return tape;
    }

    float[] past(int lane) {
        return past[lane];
    }

    float[][] inputs() {
        return inputs;
    }

    /** The index of the first step in a lane: not a multiple of much. */
    static long index(int lane) {
        return 5 + 3L * lane;
    }

    void forward() {
        packed.pack(weights);
        for (int lane = 0; lane < padding.length; lane++) {
            tape.begin(lane, padding[lane], index(lane));
            network.loadState(tape, lane, past[lane], 0);
        }
        for (int t = 1; t <= tape.steps(); t++) {
            System.arraycopy(inputs[t - 1], 0, tape.input(t), 0, inputs[t - 1].length);
        }
        network.forward(packed, tape);
    }

    /** The gradient of one lane's sequence by itself. */
    float[] gradientOf(int lane) {
        int dead = padding[lane];
        Tape alone = network.newLearningTape(1, tape.steps() - dead);
        alone.begin(0, 0, index(lane));
        network.loadState(alone, 0, past[lane], 0);
        for (int t = 1; t <= alone.steps(); t++) {
            alone.input(0, t, inputs[t + dead - 1], lane * network.inputs());
        }
        network.forward(packed.pack(weights), alone);
        int n = network.outputs();
        for (int t = network.firstOutput(alone.steps()); t <= alone.steps(); t++) {
            for (int i = 0; i < n; i++) {
                alone.outputSlope(t)[i] += wishes[t + dead - 1][lane * n + i] + alone.output(t)[i];
            }
        }
        float[] dw = new float[network.weights()];
        network.backward(packed, alone, dw);
        return dw;
    }

    double loss() {
        forward();
        double sum = 0;
        int n = network.outputs();
        for (int t = network.firstOutput(tape.steps()); t <= tape.steps(); t++) {
            float[] y = tape.output(t);
            for (int i = 0; i < padding.length * n; i++) {
                if (tape.alive(i / n, t)) {
                    sum += (double) wishes[t - 1][i] * y[i] + 0.5 * y[i] * y[i];
                }
            }
        }
        return sum;
    }

    /** The gradient by the tape; loss slopes are put on dead frames too, where they must not count. */
    float[] gradient() {
        forward();
        int n = network.outputs();
        for (int t = network.firstOutput(tape.steps()); t <= tape.steps(); t++) {
            float[] y = tape.output(t);
            float[] dy = tape.outputSlope(t);
            for (int i = 0; i < padding.length * n; i++) {
                dy[i] += wishes[t - 1][i] + y[i];
            }
        }
        float[] dw = new float[network.weights()];
        network.backward(packed, tape, dw);
        return dw;
    }
}
