package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.List;

/**
 * An immutable sequence of operations, shared by all keys and threads. Numbers are handed in: {@link Weights} to read, a
 * {@link Tape} to write.
 *
 * <p>Recurrence is reading the same slot in an earlier frame, so back-propagation through time is the tape walked backwards,
 * and what reaches the frames before the first one stops there.
 */
public final class Network {
    private final Plan plan;
    private final Panel[] panels;
    private final Walk[] walks;
    private final Kernels kernels;
    private final State state;
    private final int weights;

    Network(Plan plan) {
        this.plan = plan;
        kernels = Kernels.chosen();
        walks = new Walk[plan.stages().size()];
        for (int s = 0; s < walks.length; s++) {
            walks[s] = new Walk(plan.stages().get(s), s, plan.layout());
        }
        panels = plan.panels().toArray(Panel[]::new);
        weights = plan.params().stream().mapToInt(Param::size).sum();
        state = new State(plan.layout(), recurrent());
    }

    /** The network of one cell over so many inputs. */
    public static Network of(int inputs, Cell cell) {
        if (inputs < 1) {
            throw new IllegalArgumentException("a network needs at least 1 input, not " + inputs);
        }
        Graph g = new Graph();
        return g.build(cell.wire(g, g.input(inputs)));
    }

    /** Whether state is carried from step to step; otherwise the whole window is read again at every step. */
    public boolean recurrent() {
        return plan.stages().stream().allMatch(Stage::plain);
    }

    /** How many weights: the length of the flat array and of its twins. */
    public int weights() {
        return weights;
    }

    public int inputs() {
        return plan.input().size();
    }

    public int outputs() {
        return plan.output().size();
    }

    public Slot input() {
        return plan.input();
    }

    public Slot output() {
        return plan.output();
    }

    /** The matrices, in the order in which they lie in the flat array. */
    public List<Param> params() {
        return plan.params();
    }

    /** The first frame that has an output, on a tape of so many frames. */
    public int firstOutput(int frames) {
        int stage = layout().stageOf(layout().home(output()));
        return plan.stages().isEmpty() ? 1 : plan.stages().get(stage).first(frames);
    }

    /** Starts all weights; the same seed gives the same numbers everywhere. */
    public float[] initialise(long seed) {
        float[] w = new float[weights];
        for (Param param : params()) {
            plan.starts().get(param.index()).fill(w, param, new Draws(seed).named(param.name()));
        }
        return w;
    }

    /** A version of the weights made ready to run, for any number of threads. */
    public Weights pack(float[] flat) {
        return new Weights(this, false).pack(flat);
    }

    /** Room for weights that are learnt: packed anew at every step, backwards too. */
    public Weights newWeights() {
        return new Weights(this, true);
    }

    /** A tape to run on. */
    public Tape newTape(int lanes, int steps) {
        return newTape(kernels, lanes, steps);
    }

    /** A tape to run on, with given kernels; which ones cannot be seen in any result. */
    public Tape newTape(Kernels kernels, int lanes, int steps) {
        return new Tape(this, kernels, lanes, steps, false);
    }

    /** A tape to run on and to learn from. */
    public Tape newLearningTape(int lanes, int steps) {
        return newLearningTape(kernels, lanes, steps);
    }

    public Tape newLearningTape(Kernels kernels, int lanes, int steps) {
        return new Tape(this, kernels, lanes, steps, true);
    }

    /** Computes every frame of the tape from its inputs and its past. */
    public void forward(Weights w, Tape tape) {
        if (tape.longestPadding() > 0) {
            tape.holdInputs();
        }
        for (Walk walk : walks) {
            walk.forward(w, tape);
        }
        tape.clearWideSlopes();
    }

    /** Sets dw to the gradient of what the loss has put on the tape. Once per forward. */
    public void backward(Weights w, Tape tape, float[] dw) {
        tape.clearGradients();
        for (int s = walks.length - 1; s >= 0; s--) {
            walks[s].backward(w, tape);
        }
        for (Panel panel : panels) {
            Weights.copy(panel, tape.gradient(panel), dw, false);
        }
    }

    /** How many floats carry a sequence from one tape to the next; 0 for windowed networks. */
    public int stateSize() {
        return state.size();
    }

    /** Takes the state after the last frame of a lane. */
    public void saveState(Tape tape, int lane, float[] into, int at) {
        state.save(tape, lane, into, at);
    }

    /** Puts a state before the first frame of a lane; after {@link Tape#begin}. */
    public void loadState(Tape tape, int lane, float[] from, int at) {
        state.load(tape, lane, from, at);
    }

    /** Of names, shapes and state: two networks with the same one can exchange weights and state. */
    public long fingerprint() {
        return Fingerprint.of(plan, state);
    }

    Layout layout() {
        return plan.layout();
    }

    State state() {
        return state;
    }

    Kernels kernels() {
        return kernels;
    }

    Plan plan() {
        return plan;
    }

    Panel[] panels() {
        return panels;
    }

    /** Whether slopes flow back through this panel. */
    boolean passesBack(Panel panel) {
        return plan.ops().anyMatch(op -> {
            int k = op.matrices().indexOf(panel);
            return k >= 0 && layout().learns(op.reads().get(k));
        });
    }
}
