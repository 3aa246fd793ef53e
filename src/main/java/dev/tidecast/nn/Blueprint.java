package dev.tidecast.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link Graph} has declared so far; {@link #finish} turns it into the immutable {@link Plan} of a network. */
final class Blueprint {
    private final List<Integer> sizes = new ArrayList<>();
    private final List<Integer> homes = new ArrayList<>();
    private final Set<Integer> scratch = new HashSet<>();
    private final Set<Integer> written = new HashSet<>();
    private final List<Param> params = new ArrayList<>();
    private final List<Initialiser> starts = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable Slot input;
    private int weights;
    private int panels;

    Blueprint() {
        stage(Direction.FORWARD, Bounds.ALL);
    }

    Slot input(int size) {
        if (input != null) {
            throw new IllegalStateException("a network has one input");
        }
        Slot slot = slot(size);
        input = slot;
        return slot;
    }

    Slot slot(int size) {
        sizes.add(size);
        homes.add(homes.size());
        return new Slot(sizes.size() - 1, size, 0);
    }

    Slot scratch(int size) {
        Slot slot = slot(size);
        scratch.add(slot.index());
        return slot;
    }

    Panel panel(String name, int rows, int columns, Initialiser start) {
        if (params.stream().anyMatch(p -> p.name().equals(name))) {
            throw new IllegalArgumentException("two matrices are called " + name);
        }
        Param param = new Param(name, params.size(), weights, rows, columns);
        params.add(param);
        starts.add(start);
        weights = Math.addExact(weights, Math.multiplyExact(rows, columns));
        return panel(List.of(param));
    }

    private Panel panel(List<Param> side) {
        Panel panel = new Panel(panels, side);
        panels++;
        return panel;
    }

    void start(String name, Initialiser start) {
        for (Param param : params) {
            if (param.name().equals(name)) {
                starts.set(param.index(), start);
                return;
            }
        }
        throw new IllegalArgumentException("no matrix is called " + name);
    }

    Direction direction() {
        return stage().direction();
    }

    void stage(Direction direction, Bounds bounds) {
        stages.add(new Stage(direction, bounds, new ArrayList<>()));
    }

    /** Whether none of the slots before the k-th lives where it does. */
    boolean first(List<Slot> slots, int k) {
        int home = homes.get(slots.get(k).index());
        return slots.subList(0, k).stream().noneMatch(slot -> homes.get(slot.index()) == home);
    }

    /** A stage of one frame, before the present one. */
    void before(int frame, List<Op> ops) {
        stages.add(stages.size() - 1, new Stage(Direction.FORWARD, new Bounds(frame, frame), ops));
    }

    void turn(Direction direction) {
        if (direction() != direction) {
            stage(direction, stage().bounds());
        }
    }

    void add(Op op) {
        stage().ops().add(op);
        written.add(op.out().index());
    }

    /** Gives two slots one place; false where the value must be copied instead. */
    boolean join(Slot name, Slot value) {
        boolean input = this.input != null && value.index() == this.input.index();
        if (input || value.lag() != 0 || written.contains(name.index()) || !written.contains(value.index())) {
            return false;
        }
        move(homes.get(name.index()), homes.get(value.index()));
        written.add(name.index());
        return true;
    }

    private void move(int from, int to) {
        for (int slot = 0; slot < homes.size(); slot++) {
            if (homes.get(slot) == from) {
                homes.set(slot, to);
            }
        }
    }

    Plan finish(Slot output) {
        if (input == null) {
            throw new IllegalStateException("a network needs an input");
        }
        stages.removeIf(stage -> stage.ops().isEmpty());
        placeActivations(output);
        stages.forEach(this::joinGates);
        List<Stage> frozen = stages.stream()
                .map(s -> new Stage(s.direction(), s.bounds(), List.copyOf(s.ops())))
                .toList();
        Layout layout = new Layout(ints(sizes), ints(homes), frozen, input, output, Set.copyOf(scratch));
        return new Plan(List.copyOf(params), List.copyOf(starts), frozen, input, output, layout);
    }

    /** An activation whose operand is an affine result that nobody else reads takes that result's place. */
    private void placeActivations(Slot output) {
        int[] readers = new int[sizes.size()];
        Arrays.fill(readers, 0);
        readers[output.index()]++;
        stages.forEach(stage -> stage.ops().forEach(op -> op.reads().forEach(slot -> readers[slot.index()]++)));
        for (Stage stage : stages) {
            Set<Integer> affine = new HashSet<>();
            for (int k = 0; k < stage.ops().size(); k++) {
                Op op = stage.ops().get(k);
                if (op instanceof Affine) {
                    affine.add(op.out().index());
                }
                if (op instanceof Activate a && placeable(a.in(), affine, readers)) {
                    move(a.in().index(), homes.get(a.out().index()));
                    stage.ops().set(k, a.placed());
                }
            }
        }
    }

    /** Affine maps that read the same become one product where the first of them stands. */
    private void joinGates(Stage stage) {
        Map<List<Slot>, List<Affine>> same = new LinkedHashMap<>();
        for (Op op : stage.ops()) {
            if (op instanceof Affine affine) {
                same.computeIfAbsent(affine.reads(), reads -> new ArrayList<>()).add(affine);
            }
        }
        for (List<Affine> gates : same.values()) {
            if (gates.size() > 1) {
                stage.ops().set(stage.ops().indexOf(gates.get(0)), join(gates));
                stage.ops().removeAll(gates);
            }
        }
    }

    private Gates join(List<Affine> gates) {
        List<Panel> matrices = new ArrayList<>();
        for (int k = 0; k < gates.get(0).matrices().size(); k++) {
            int input = k;
            matrices.add(panel(gates.stream()
                    .map(gate -> gate.matrices().get(input).params().get(0))
                    .toList()));
        }
        Panel bias =
                panel(gates.stream().map(gate -> gate.bias().params().get(0)).toList());
        List<Slot> outs = gates.stream().map(Affine::out).toList();
        Slot wide = scratch(bias.columns());
        return new Gates(gates.get(0).reads(), matrices, bias, outs, wide);
    }

    private boolean placeable(Slot in, Set<Integer> affine, int[] readers) {
        boolean alone = homes.stream().filter(home -> home == in.index()).count() == 1;
        return in.lag() == 0 && readers[in.index()] == 1 && affine.contains(in.index()) && alone;
    }

    private Stage stage() {
        return stages.get(stages.size() - 1);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
