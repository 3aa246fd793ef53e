package dev.tidecast.nn;

import java.util.stream.IntStream;

/** One stage made ready to walk its frames, forward and backward. */
final class Walk {
    private final Stage stage;
    private final Op[] ops;
    private final Op[] products;
    private final int[] held; // homes written here and read later by lag
    private final int[] narrow; // homes whose slopes live in a ring
    private final int[] reach; // of each narrow home, in frames of this direction
    private final int[] own; // homes with slopes that this stage writes

    Walk(Stage stage, int index, Layout layout) {
        this.stage = stage;
        ops = stage.ops().toArray(Op[]::new);
        products = stage.ops().stream().filter(op -> !op.vectors().isEmpty()).toArray(Op[]::new);
        own = IntStream.range(0, layout.slots())
                .filter(slot -> layout.home(slot) == slot && layout.stageOf(slot) == index)
                .toArray();
        held = IntStream.of(own).filter(home -> layout.past(home) > 0).toArray();
        narrow = IntStream.of(own)
                .filter(home -> !layout.wide(home) && !layout.fleeting(home))
                .toArray();
        reach = IntStream.of(narrow)
                .map(home -> Math.max(layout.past(home), layout.ahead(home)))
                .toArray();
    }

    void forward(Weights w, Tape tape) {
        int step = stage.direction().sign();
        int t = stage.begin(tape.steps());
        for (int k = stage.count(tape.steps()); k > 0; k--, t += step) {
            for (Op op : ops) {
                op.forward(w, tape, t);
            }
            if (t <= tape.longestPadding()) {
                hold(tape, t);
            }
        }
    }

    private void hold(Tape tape, int t) {
        for (int home : held) {
            tape.hold(home, t);
        }
    }

    void backward(Weights w, Tape tape) {
        for (int home : narrow) {
            tape.slopeFrames().clear(home);
        }
        int step = stage.direction().sign();
        int count = stage.count(tape.steps());
        int t = stage.begin(tape.steps()) + (count - 1) * step;
        int block = Tape.block(tape.lanes());
        int collected = 0;
        for (int k = count; k > 0; k--, t -= step) {
            open(tape, t, step);
            for (int i = ops.length - 1; i >= 0; i--) {
                ops[i].backward(w, tape, t);
            }
            collected++;
            if (collected == block || k == 1) {
                collect(tape, t, t + step * (collected - 1));
                collected = 0;
            }
        }
    }

    /** Before a frame is differentiated: the frames that it alone will reach start from zero, dead lanes stay silent. */
    private void open(Tape tape, int t, int step) {
        for (int k = 0; k < narrow.length; k++) {
            tape.slopeFrames().clear(narrow[k], t - step * reach[k]);
        }
        if (t <= tape.longestPadding()) {
            for (int home : own) {
                tape.silence(home, t);
            }
        }
    }

    private void collect(Tape tape, int a, int b) {
        for (int i = products.length - 1; i >= 0; i--) {
            products[i].gradient(tape, Math.min(a, b), Math.max(a, b));
        }
    }
}
