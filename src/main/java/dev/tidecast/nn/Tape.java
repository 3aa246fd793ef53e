package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import dev.tidecast.kernel.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Everything one thread writes while a network runs: the values of every slot in every frame, and when learning their slopes
 * and the gradient of the weights. Made once, used for any number of sequences; nothing is allocated per step.
 *
 * <pre>
 *   frames:   1-margin .. 0 | 1 .. steps | steps+1 .. steps+margin
 *             the past      | computed   | zeros that reverse stages read as their past
 *   a vector: float[lanes × size], lane after lane
 * </pre>
 *
 * Sequences of unequal length lie side by side ending in the same frame: {@link #begin} says how many frames of a lane are
 * dead before its first. There the lane's past is held, nothing is attended to and no slope arises, so a padded lane gives
 * the same bits as alone.
 */
public final class Tape {
    private final Network network;
    private final Kernels kernels;
    private final int lanes;
    private final int steps;
    private final Frames values;
    private final Frames slopes;
    private final float[][][] gradients; // by panel: rows × columns
    private final Shape[] shapes;
    private final Shape[] shapesBack;
    private final int[] padding;
    private final long[] clock;
    private final float[][] xs;
    private final float[][] dys;
    private final int[] wide;
    private final float[][] kept; // per lane: the state before its sequence
    private int longestPadding;

    Tape(Network network, Kernels kernels, int lanes, int steps, boolean learning) {
        if (lanes < 1 || steps < 1) {
            throw new IllegalArgumentException("a tape needs lanes and steps, not " + lanes + " and " + steps);
        }
        this.network = network;
        this.kernels = kernels;
        this.lanes = lanes;
        this.steps = steps;
        values = Frames.ofValues(network.layout(), lanes, steps);
        slopes = learning ? Frames.ofSlopes(network.layout(), lanes, steps, block(lanes)) : Frames.NONE;
        gradients = Weights.matrices(learning ? network.panels() : new Panel[0]);
        shapes = new Shape[network.plan().panelCount()];
        shapesBack = new Shape[shapes.length];
        for (Panel panel : network.panels()) {
            shapes[panel.index()] = new Shape(panel.rows(), panel.columns(), lanes);
            shapesBack[panel.index()] = shapes[panel.index()].transposed();
        }
        padding = new int[lanes];
        clock = new long[lanes];
        kept = new float[lanes][network.stateSize()];
        xs = new float[block(lanes)][];
        dys = new float[block(lanes)][];
        Layout layout = network.layout();
        wide = IntStream.range(0, learning ? layout.slots() : 0)
                .filter(slot -> layout.home(slot) == slot && layout.wide(slot))
                .toArray();
        for (int lane = 0; lane < lanes; lane++) {
            begin(lane, 0, 0);
        }
    }

    /** How many frames are collected before their part of the weights' gradient is summed. */
    static int block(int lanes) {
        return Math.max(1, 128 / lanes);
    }

    public int lanes() {
        return lanes;
    }

    /** How many frames are computed. */
    public int steps() {
        return steps;
    }

    /**
     * Begins a sequence in a lane from an empty past.
     *
     * @param padding how many frames are dead before its first one
     * @param index the bucket index of its first frame: what clockwork periods are counted in
     */
    public void begin(int lane, int padding, long index) {
        if (padding < 0 || padding >= steps) {
            throw new IllegalArgumentException("found a padding of " + padding + " frames on a tape of " + steps);
        }
        this.padding[lane] = padding;
        clock[lane] = index;
        longestPadding = 0;
        for (int dead : this.padding) {
            longestPadding = Math.max(longestPadding, dead);
        }
        values.forget(network.layout(), lane);
        Arrays.fill(kept[lane], 0f);
    }

    /** Sets the input of frame t in a lane. */
    public void input(int lane, int t, float[] x, int at) {
        int n = network.inputs();
        System.arraycopy(x, at, value(network.input(), t), lane * n, n);
    }

    /** The inputs of frame t: lanes × inputs, to be written; the array may be longer. */
    public float[] input(int t) {
        return value(network.input(), t);
    }

    /** The outputs of frame t: lanes × outputs; the array may be longer. */
    public float[] output(int t) {
        return value(network.output(), t);
    }

    /** Where the loss adds the slopes of the outputs of frame t. Cleared by {@link Network#forward}. */
    public float[] outputSlope(int t) {
        return slope(network.output(), t);
    }

    /** Whether frame t of a lane belongs to its sequence. */
    public boolean alive(int lane, int t) {
        return t > padding[lane];
    }

    /** The numbers of a vector in frame t minus its lag: lanes × size. */
    public float[] value(Slot slot, int t) {
        return values.at(slot.index(), t - slot.lag());
    }

    /** Their slopes. */
    float[] slope(Slot slot, int t) {
        return slopes.at(slot.index(), t - slot.lag());
    }

    /** The same for the frames last .. first, in that order: the order in which they are differentiated. */
    float[][] values(Slot slot, int first, int last) {
        return collect(values, slot, first, last, xs);
    }

    float[][] slopes(Slot slot, int first, int last) {
        return collect(slopes, slot, first, last, dys);
    }

    private static float[][] collect(Frames from, Slot slot, int first, int last, float[][] into) {
        for (int t = last; t >= first; t--) {
            into[last - t] = from.at(slot.index(), t - slot.lag());
        }
        return into;
    }

    float[][] gradient(Panel panel) {
        return gradients[panel.index()];
    }

    Shape shape(Panel panel) {
        return shapes[panel.index()];
    }

    Shape shapeBack(Panel panel) {
        return shapesBack[panel.index()];
    }

    Kernels kernels() {
        return kernels;
    }

    boolean learns(Slot slot) {
        return network.layout().learns(slot);
    }

    int padding(int lane) {
        return padding[lane];
    }

    int longestPadding() {
        return longestPadding;
    }

    /** The bucket index of frame t in a lane. */
    long clock(int lane, int t) {
        return clock[lane] + t - padding[lane] - 1;
    }

    /** In a dead frame a vector is what it was as many steps before the sequence. */
    void hold(int home, int t) {
        int size = network.layout().size(home);
        for (int lane = 0; lane < lanes; lane++) {
            int lag = padding[lane] + 1 - t;
            if (lag > 0 && lag <= network.layout().past(home)) {
                Arrays.fill(values.at(home, t), lane * size, lane * size + size, 0f);
                network.state().recall(kept[lane], home, lag, values.at(home, t), lane * size);
            }
        }
    }

    /** Keeps what a lane's past was, to be shown in the dead frames before its sequence. */
    void keep(int lane, float[] state, int at) {
        System.arraycopy(state, at, kept[lane], 0, kept[lane].length);
    }

    /** Dead inputs are zero, but for what the past held. */
    void holdInputs() {
        int home = network.layout().home(network.input());
        int size = network.inputs();
        for (int t = 1; t <= longestPadding; t++) {
            for (int lane = 0; lane < lanes; lane++) {
                if (!alive(lane, t)) {
                    Arrays.fill(values.at(home, t), lane * size, lane * size + size, 0f);
                }
            }
            hold(home, t);
        }
    }

    /** No slope arises in a dead frame. */
    void silence(int home, int t) {
        int size = network.layout().size(home) == Slot.PER_FRAME
                ? steps
                : network.layout().size(home);
        for (int lane = 0; lane < lanes; lane++) {
            if (!alive(lane, t)) {
                Arrays.fill(slopes.at(home, t), lane * size, lane * size + size, 0f);
            }
        }
    }

    Frames slopeFrames() {
        return slopes;
    }

    Frames valueFrames() {
        return values;
    }

    /** Slopes that all frames keep start from zero: the outputs' and what passes from stage to stage. */
    void clearWideSlopes() {
        for (int home : wide) {
            slopes.clear(home);
        }
    }

    void clearGradients() {
        for (float[][] matrix : gradients) {
            for (float[] row : matrix) {
                Arrays.fill(row, 0f);
            }
        }
    }
}
