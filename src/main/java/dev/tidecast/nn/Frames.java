package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;

/**
 * One {@code float[lanes × size]} per slot and frame, slots of one home sharing theirs. Slopes of a vector that one stage
 * alone touches are kept for a few frames only, in a ring, so that they stay in the cache.
 */
final class Frames {
    private static final float[] NOTHING = new float[0];
    static final Frames NONE = new Frames(new float[0][][], new int[0], 0);

    private final float[][][] table; // slot, frame + margin - 1
    private final int[] rings;
    private final int margin;

    private Frames(float[][][] table, int[] rings, int margin) {
        this.table = table;
        this.rings = rings;
        this.margin = margin;
    }

    static Frames ofValues(Layout layout, int lanes, int steps) {
        Frames frames = empty(layout, steps);
        for (int slot = 0; slot < layout.slots(); slot++) {
            if (layout.home(slot) == slot) {
                int n = lanes * new Slot(slot, layout.size(slot), 0).width(steps);
                float[] one = Kernels.floats(n);
                for (int t = 1 - layout.past(slot); t <= steps + layout.ahead(slot); t++) {
                    frames.table[slot][frames.place(t)] = layout.fleeting(slot) ? one : Kernels.floats(n);
                }
            }
        }
        return frames.shared(layout);
    }

    static Frames ofSlopes(Layout layout, int lanes, int steps, int block) {
        Frames frames = empty(layout, steps);
        int all = steps + 2 * frames.margin;
        for (int slot = 0; slot < layout.slots(); slot++) {
            if (layout.home(slot) == slot) {
                int n = lanes * new Slot(slot, layout.size(slot), 0).width(steps);
                int reach = Math.max(layout.past(slot), layout.ahead(slot));
                int ring = reach + (layout.product(slot) ? block : 1);
                frames.rings[slot] = layout.wide(slot) ? all : Math.min(all, ring);
                float[][] arrays = new float[frames.rings[slot]][];
                Arrays.setAll(arrays, k -> Kernels.floats(n));
                for (int place = 0; place < all; place++) {
                    frames.table[slot][place] = arrays[place % arrays.length];
                }
            }
        }
        return frames.shared(layout);
    }

    private static Frames empty(Layout layout, int steps) {
        int all = steps + 2 * layout.margin();
        float[][][] table = new float[layout.slots()][all][];
        for (float[][] row : table) {
            Arrays.fill(row, NOTHING);
        }
        return new Frames(table, new int[layout.slots()], layout.margin());
    }

    private Frames shared(Layout layout) {
        for (int slot = 0; slot < table.length; slot++) {
            table[slot] = table[layout.home(slot)];
        }
        return this;
    }

    float[] at(int slot, int t) {
        return table[slot][t + margin - 1];
    }

    private int place(int t) {
        return t + margin - 1;
    }

    /** Empties the past of a lane. */
    void forget(Layout layout, int lane) {
        for (int home = 0; home < table.length; home++) {
            int size = layout.size(home);
            for (int lag = 1; lag <= layout.past(home) && layout.home(home) == home; lag++) {
                Arrays.fill(at(home, 1 - lag), lane * size, lane * size + size, 0f);
            }
        }
    }

    void clear(int home, int t) {
        Arrays.fill(at(home, t), 0f);
    }

    void clear(int home) {
        float[][] row = table[home];
        for (int k = 0; k < rings[home]; k++) {
            Arrays.fill(row[k], 0f);
        }
    }
}
