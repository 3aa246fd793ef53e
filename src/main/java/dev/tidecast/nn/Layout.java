package dev.tidecast.nn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where every slot lives and how far it is seen. Several slots may share one home (a named state and the value it is let to
 * be; an activation and what it overwrites). All arrays are indexed by home, or by slot through {@link #home}.
 */
final class Layout {
    private final int[] sizes;
    private final int[] homes;
    private final int[] past;
    private final int[] ahead;
    private final boolean[] wide;
    private final boolean[] learns;
    private final boolean[] product;
    private final boolean[] fleeting;
    private final int[] stageOf;

    Layout(int[] sizes, int[] homes, List<Stage> stages, Slot input, Slot output, Set<Integer> scratch) {
        this.sizes = sizes;
        this.homes = homes;
        past = new int[sizes.length];
        ahead = new int[sizes.length];
        wide = new boolean[sizes.length];
        learns = new boolean[sizes.length];
        product = new boolean[sizes.length];
        fleeting = new boolean[sizes.length];
        stageOf = new int[sizes.length];
        wide[home(input)] = true;
        wide[home(output)] = true;
        scratch.forEach(slot -> learns[homes[slot]] = true);
        Map<Integer, Integer> seen = new HashMap<>();
        for (int s = 0; s < stages.size(); s++) {
            for (Op op : stages.get(s).ops()) {
                note(op, s, seen);
            }
        }
        spreadLearning(stages);
    }

    private void note(Op op, int stage, Map<Integer, Integer> seen) {
        for (Slot slot : op.reads()) {
            past[home(slot)] = Math.max(past[home(slot)], slot.lag());
            ahead[home(slot)] = Math.max(ahead[home(slot)], -slot.lag());
            touch(slot, stage, seen);
        }
        for (Slot slot : op.outs()) {
            touch(slot, stage, seen);
            stageOf[home(slot)] = stage;
            product[home(slot)] |= op instanceof Affine || op instanceof Shift;
        }
        if (op instanceof Gates gates) {
            touch(gates.wide(), stage, seen);
            product[home(gates.wide())] = true;
            fleeting[home(gates.wide())] = true;
        }
    }

    /** A vector that two stages touch is needed in all frames at once. */
    private void touch(Slot slot, int stage, Map<Integer, Integer> seen) {
        Integer first = seen.putIfAbsent(home(slot), stage);
        if (first == null) {
            stageOf[home(slot)] = stage;
        } else {
            wide[home(slot)] |= first != stage;
        }
    }

    private void spreadLearning(List<Stage> stages) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Stage stage : stages) {
                for (Op op : stage.ops()) {
                    boolean learnt = op.differentiable()
                            && (!op.vectors().isEmpty() || op.reads().stream().anyMatch(this::learns));
                    moved |= learnt && learn(op.outs());
                }
            }
        }
    }

    private boolean learn(List<Slot> outs) {
        boolean fresh = false;
        for (Slot slot : outs) {
            fresh |= !learns[home(slot)];
            learns[home(slot)] = true;
        }
        return fresh;
    }

    int slots() {
        return sizes.length;
    }

    int size(int slot) {
        return sizes[slot];
    }

    /** How many numbers per lane, on a tape of so many frames. */
    int width(int slot, int frames) {
        return sizes[slot] == Slot.PER_FRAME ? frames : sizes[slot];
    }

    int home(int slot) {
        return homes[slot];
    }

    int home(Slot slot) {
        return homes[slot.index()];
    }

    /** How many frames back it is read. */
    int past(int home) {
        return past[home];
    }

    /** How many frames ahead it is read, by reverse stages. */
    int ahead(int home) {
        return ahead[home];
    }

    /** Whether its slopes are needed in all frames at once. */
    boolean wide(int home) {
        return wide[home];
    }

    /** Whether weights lie behind it. */
    boolean learns(Slot slot) {
        return learns[home(slot)];
    }

    boolean learns(int home) {
        return learns[home];
    }

    /** Whether its slopes are collected over several frames for the gradient of a matrix. */
    boolean product(int home) {
        return product[home];
    }

    /** Whether its values are of no use after their frame, and its slopes are set rather than added to. */
    boolean fleeting(int home) {
        return fleeting[home];
    }

    /** The stage that writes it, the last one if there are two. */
    int stageOf(int home) {
        return stageOf[home];
    }

    /** The longest look back or ahead. */
    int margin() {
        int margin = 0;
        for (int home = 0; home < homes.length; home++) {
            margin = Math.max(margin, Math.max(past[home], ahead[home]));
        }
        return margin;
    }
}
