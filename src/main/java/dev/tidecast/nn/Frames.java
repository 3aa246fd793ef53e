package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * One {@code float[lanes × size]} per frame and slot, slots of one home sharing theirs. Slopes of a vector that one stage
 * alone touches are kept for a few frames only, in a ring, so that they stay in the cache. Frames come first, so that all
 * that a step looks up lies together.
 */
final class Frames {
    private static final float[] NOTHING = new float[0];
    static final Frames NONE = new Frames(new float[0][][], new int[0], 0);

    private final float[][][] table; // frame + before, slot
    private final int[] rings; // by home: how many arrays there are
    private final int before;

    private Frames(float[][][] table, int[] rings, int before) {
        this.table = table;
        this.rings = rings;
        this.before = before;
    }

    static Frames ofValues(Layout layout, int lanes, int steps) {
        Frames frames = empty(layout, steps);
        for (int slot = 0; slot < layout.slots(); slot++) {
            if (layout.home(slot) == slot) {
                int n = lanes * layout.width(slot, steps);
                float[] one = Kernels.floats(n);
                boolean fleeting = layout.fleeting(slot);
                int first = 1 - layout.past(slot) + frames.before;
                int last = steps + layout.ahead(slot) + frames.before;
                frames.fill(slot, first, last, place -> fleeting ? one : Kernels.floats(n));
            }
        }
        return frames.shared(layout);
    }

    static Frames ofSlopes(Layout layout, int lanes, int steps, int block) {
        Frames frames = empty(layout, steps);
        int all = frames.table.length;
        for (int slot = 0; slot < layout.slots(); slot++) {
            if (layout.home(slot) == slot) {
                int n = lanes * layout.width(slot, steps);
                int reach = Math.max(layout.past(slot), layout.ahead(slot));
                int ring = reach + (layout.product(slot) ? block : 1);
                frames.rings[slot] = layout.wide(slot) ? all : Math.min(all, ring);
                float[][] arrays = new float[frames.rings[slot]][];
                Arrays.setAll(arrays, k -> Kernels.floats(n));
                frames.fill(slot, 0, all - 1, place -> arrays[place % arrays.length]);
            }
        }
        return frames.shared(layout);
    }

    private static Frames empty(Layout layout, int steps) {
        float[][][] table = new float[steps + 2 * layout.margin()][layout.slots()][];
        for (float[][] frame : table) {
            Arrays.fill(frame, NOTHING);
        }
        return new Frames(table, new int[layout.slots()], layout.margin() - 1);
    }

    private void fill(int slot, int first, int last, IntFunction<float[]> array) {
        for (int place = first; place <= last; place++) {
            table[place][slot] = array.apply(place);
        }
    }

    private Frames shared(Layout layout) {
        for (float[][] frame : table) {
            for (int slot = 0; slot < frame.length; slot++) {
                frame[slot] = frame[layout.home(slot)];
            }
        }
        return this;
    }

    float[] at(int slot, int t) {
        return table[t + before][slot];
    }

    /** Empties the past of a lane. */
    void forget(Layout layout, int lane) {
        for (int home = 0; home < layout.slots(); home++) {
            int size = layout.size(home);
            for (int lag = 1; lag <= layout.past(home) && layout.home(home) == home; lag++) {
                Arrays.fill(at(home, 1 - lag), lane * size, lane * size + size, 0f);
            }
        }
    }

    void clear(int home, int t) {
        Arrays.fill(at(home, t), 0f);
    }

    /** Clears all arrays of a home. */
    void clear(int home) {
        for (int k = 0; k < rings[home]; k++) {
            Arrays.fill(table[k][home], 0f);
        }
    }
}
