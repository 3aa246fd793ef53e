package dev.tidecast.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Hands out slots and weights and remembers the operations in the order declared. Used once, by the cells, while a network
 * is built; {@link #build} freezes it.
 *
 * <p>Operations join the current stage. Names are made unique by scopes: {@code in("0", ...)} puts {@code 0/} before every
 * name declared inside.
 */
public final class Graph {
    private final Blueprint plan = new Blueprint();
    private final List<Slot> states = new ArrayList<>();
    private String scope = "";
    private int pace = 1;

    /** The vector handed in at every step. */
    public Slot input(int size) {
        return plan.input(size);
    }

    /** A vector to be filled by {@link #let}; until then a name that recurrences can read. */
    public Slot vector(int size) {
        return plan.slot(positive(size, "size"));
    }

    private Panel panel(String name, int rows, int columns, Initialiser start) {
        return plan.panel(scope + name, rows, columns, start);
    }

    /** How a matrix declared in this scope starts, where the usual start will not do. */
    public void start(String name, Initialiser start) {
        plan.start(scope + name, start);
    }

    /**
     * Σ xₖ Wₖ + b. The matrices are {@code name.w0, name.w1, ...}, the bias is {@code name.bias}. A square matrix on a past
     * vector starts orthogonal, any other by Glorot, the bias at 0.
     */
    public Slot affine(String name, int size, Slot... xs) {
        List<Slot> reads = new ArrayList<>();
        List<Panel> matrices = new ArrayList<>();
        for (int k = 0; k < xs.length; k++) {
            boolean recurrent = xs[k].lag() > 0 && xs[k].size() == size;
            Initialiser start = recurrent ? Initialiser.orthogonal() : Initialiser.glorot();
            matrices.add(panel(name + ".w" + k, xs[k].size(), size, start));
            reads.add(here(xs[k]));
        }
        Panel bias = panel(name + ".bias", 1, size, Initialiser.constant(0f));
        return add(new Affine(reads, matrices, bias, vector(size)));
    }

    public Slot activate(Activation f, Slot x) {
        return f == Activation.IDENTITY ? x : add(new Activate(f, here(x), vector(x.size()), false));
    }

    public Slot tanh(Slot x) {
        return activate(Activation.TANH, x);
    }

    public Slot sigmoid(Slot x) {
        return activate(Activation.SIGMOID, x);
    }

    public Slot relu(Slot x) {
        return activate(Activation.RELU, x);
    }

    /** a + b. */
    public Slot add(Slot a, Slot b) {
        return add(new Add(here(a), here(b), like(a, b)));
    }

    /** a ⊙ b. */
    public Slot multiply(Slot a, Slot b) {
        return add(new Multiply(here(a), here(b), like(a, b)));
    }

    /** a ⊙ b + c ⊙ d. */
    public Slot products(Slot a, Slot b, Slot c, Slot d) {
        match(a, c);
        return add(new Products(here(a), here(b), here(c), here(d), like(a, b)));
    }

    /** gate ⊙ a + (1 - gate) ⊙ b. */
    public Slot blend(Slot gate, Slot a, Slot b) {
        return add(new Blend(here(gate), here(a), here(b), like(a, b)));
    }

    /** p ⊙ x with a weight per element, which starts at the given number. */
    public Slot scale(String name, Slot x, float start) {
        Panel weight = panel(name, 1, x.size(), Initialiser.constant(start));
        return add(new Scale(weight, here(x), vector(x.size())));
    }

    /** x + b with a bias per element, which starts at 0. */
    public Slot shift(String name, Slot x) {
        Panel bias = panel(name, 1, x.size(), Initialiser.constant(0f));
        return add(new Shift(bias, here(x), vector(x.size())));
    }

    /** [x₁; x₂; ...]. */
    public Slot concat(Slot... xs) {
        int size = 0;
        List<Slot> reads = new ArrayList<>();
        for (Slot x : xs) {
            reads.add(here(x));
            size += x.size();
        }
        return xs.length == 1 && xs[0].lag() == 0 ? xs[0] : add(new Concat(reads, vector(size)));
    }

    /** The mean of vectors of one size. */
    public Slot mean(Slot... xs) {
        for (Slot x : xs) {
            match(xs[0], x);
        }
        return xs.length == 1 ? xs[0] : add(new Mean(xs.length, concat(xs), vector(xs[0].size())));
    }

    /** (x - mean) / deviation over the elements of x. */
    public Slot standardise(Slot x) {
        return add(new Standardise(here(x), plan.scratch(1), vector(x.size())));
    }

    /** fresh at steps whose index is a multiple of the period, held at all others. */
    public Slot clocked(int period, Slot fresh, Slot held) {
        return add(new Clocked(positive(period, "period"), here(fresh), here(held), like(fresh, held)));
    }

    /**
     * What the query finds in the memory's frames {@code from .. to} (see {@link #stage} for bounds), and the weights it gave
     * them: one number per frame, from the first one attended to.
     */
    public Attention attend(Slot query, Slot memory, int from, int to) {
        Slot weights = plan.scratch(Slot.PER_FRAME);
        Slot scores = plan.scratch(Slot.PER_FRAME);
        Slot out = like(query, memory);
        return new Attention(add(new Attend(here(query), memory, scores, weights, out, new Bounds(from, to))), weights);
    }

    /** The next state of a fixed reservoir over its own past, the input and, if any, what is fed back; no gradient passes. */
    public Slot reservoir(Reservoir reservoir, Slot state, Slot... heard) {
        List<Slot> reads = new ArrayList<>();
        for (Slot x : heard) {
            reads.add(here(x));
        }
        reads.add(here(state));
        return add(new Echo(reservoir, reads, vector(reservoir.units())));
    }

    /** Groups of levels that never cross: a middle one and cumulated softplus steps away from it. */
    public Slot spread(int levels, Slot x) {
        if (x.size() % positive(levels, "levels") != 0) {
            throw new IllegalArgumentException(x.size() + " outputs are not whole groups of " + levels + " levels");
        }
        return add(new Spread(levels, here(x), plan.scratch(x.size()), vector(x.size())));
    }

    /** The same with the middle levels moved by {@code centre}, one number per group. */
    public Slot spread(int levels, Slot x, Slot centre) {
        if (x.size() != levels * centre.size()) {
            throw new IllegalArgumentException(
                    x.size() + " outputs are not " + centre.size() + " groups of " + levels + " levels");
        }
        return add(new Centre(levels, spread(levels, x), here(centre), vector(x.size())));
    }

    /** From now on {@code name} is this value, so that later steps can read it as their past. */
    public void let(Slot name, Slot value) {
        match(name, value);
        states.add(name);
        if (!plan.join(name, value)) {
            copy(value, name);
        }
    }

    private void copy(Slot value, Slot name) {
        add(new Assign(here(value), name));
    }

    /** The vectors that have been {@link #let} be something so far: what a stage may hand to the next. */
    public List<Slot> states() {
        return List.copyOf(states);
    }

    /** Just before the present stage, in one frame, writes the first vectors into the second: a state changes hands. */
    public void handOver(List<Slot> from, List<Slot> to, int frame) {
        if (from.size() != to.size()) {
            throw new IllegalArgumentException(from.size() + " states cannot become " + to.size());
        }
        List<Op> copies = new ArrayList<>();
        for (int k = 0; k < from.size(); k++) {
            match(from.get(k), to.get(k));
            if (plan.first(to, k)) {
                copies.add(new Assign(from.get(k), to.get(k)));
            }
        }
        plan.before(frame, copies);
    }

    /**
     * Begins a stage: what is declared next runs after all before it, over the frames from .. to. A bound above 0 counts from
     * the first frame (1), any other from the last (0).
     */
    public void stage(Direction direction, int from, int to) {
        plan.stage(direction, new Bounds(from, to));
    }

    /** Begins a stage over the same frames as the present one, in another direction. */
    public void turn(Direction direction) {
        plan.turn(direction);
    }

    /** Declares inside a scope of names. */
    public Slot in(String name, Supplier<Slot> declared) {
        String outer = scope;
        scope = outer + name + "/";
        try {
            return declared.get();
        } finally {
            scope = outer;
        }
    }

    /** Declares with every lag taken so many times as long: {@code previous()} means that many steps ago. */
    public Slot paced(int steps, Supplier<Slot> declared) {
        int outer = pace;
        pace = outer * positive(steps, "dilation");
        try {
            return declared.get();
        } finally {
            pace = outer;
        }
    }

    /** The network whose answer is this vector. */
    public Network build(Slot output) {
        return new Network(plan.finish(output));
    }

    private Slot add(Op op) {
        plan.add(op);
        return op.out();
    }

    private Slot here(Slot x) {
        return new Slot(x.index(), x.size(), x.lag() * pace * plan.direction().sign());
    }

    private Slot like(Slot a, Slot b) {
        match(a, b);
        return vector(a.size());
    }

    private static void match(Slot a, Slot b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    "vectors of " + a.size() + " and " + b.size() + " elements do not match");
        }
    }

    private static int positive(int value, String what) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }
}
