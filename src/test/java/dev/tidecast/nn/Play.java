package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;
import java.util.function.IntFunction;

/** A network with weights that a test sets by hand or trains, played one sequence at a time or several side by side. */
final class Play {
    final Network network;
    final float[] w;

    Play(int inputs, Cell cell, long seed) {
        network = Network.of(inputs, cell);
        w = network.initialise(seed);
    }

    /** Sets one matrix, row by row: a row holds what one input sends out. */
    Play set(String name, float... values) {
        Param param = network.params().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no matrix " + name + " in " + network.params()));
        if (values.length != param.size()) {
            throw new AssertionError(name + " has " + param.size() + " weights");
        }
        System.arraycopy(values, 0, w, param.offset(), values.length);
        return this;
    }

    Play setAll(float value) {
        Arrays.fill(w, value);
        return this;
    }

    /** A tape after one sequence from the given state, or from nothing. */
    Tape run(float[][] xs, float... state) {
        Tape tape = network.newTape(1, xs.length);
        if (state.length > 0) {
            network.loadState(tape, 0, state, 0);
        }
        for (int t = 1; t <= xs.length; t++) {
            tape.input(0, t, xs[t - 1], 0);
        }
        network.forward(network.pack(w), tape);
        return tape;
    }

    float[][] outputs(float[][] xs, float... state) {
        Tape tape = run(xs, state);
        float[][] ys = new float[xs.length][];
        for (int t = 1; t <= xs.length; t++) {
            ys[t - 1] = Arrays.copyOf(tape.output(t), network.outputs());
        }
        return ys;
    }

    float[] stateAfter(Tape tape) {
        float[] state = new float[network.stateSize()];
        network.saveState(tape, 0, state, 0);
        return state;
    }

    /** One sequence to learn: inputs, and targets (null where nothing is asked). */
    record Lesson(float[][] xs, float[][] targets) {}

    /** Adam on batches of lessons of one length. */
    void learn(IntFunction<Lesson> lessons, Loss loss, int steps, double rate) {
        int lanes = 16;
        int frames = lessons.apply(0).xs.length;
        Tape tape = network.newLearningTape(lanes, frames);
        Weights weights = network.newWeights();
        float[] dw = new float[w.length];
        Descent descent = new Descent(new Adam(), Schedule.cosine(rate, rate / 20, steps), Clip.byNorm(1f), w.length);
        for (int k = 0; k < steps; k++) {
            Lesson[] batch = new Lesson[lanes];
            for (int lane = 0; lane < lanes; lane++) {
                batch[lane] = lessons.apply(k * lanes + lane);
                tape.begin(lane, 0, 0);
                for (int t = 1; t <= frames; t++) {
                    tape.input(lane, t, batch[lane].xs[t - 1], 0);
                }
            }
            network.forward(weights.pack(w), tape);
            for (int lane = 0; lane < lanes; lane++) {
                score(tape, lane, batch[lane], loss);
            }
            network.backward(weights, tape, dw);
            descent.step(w, dw);
        }
    }

    private void score(Tape tape, int lane, Lesson lesson, Loss loss) {
        int n = network.outputs();
        for (int t = network.firstOutput(tape.steps()); t <= tape.steps(); t++) {
            float[] target = lesson.targets[t - 1];
            if (target.length > 0) {
                loss.apply(tape.output(t), lane * n, n, target, 0, 1f / tape.lanes(), tape.outputSlope(t));
            }
        }
    }

    static float[] oneHot(int which, int of) {
        float[] x = new float[of];
        x[which] = 1f;
        return x;
    }

    static int largest(float[] y) {
        int best = 0;
        for (int i = 1; i < y.length; i++) {
            best = y[i] > y[best] ? i : best;
        }
        return best;
    }

    static float[] softmax(float[] y) {
        float[] p = y.clone();
        Kernels.chosen().softmax(y, p, 0, y.length);
        return p;
    }
}
