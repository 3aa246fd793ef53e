package dev.tidecast.nn;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What recurs: every vector at every lag that is read across the boundary of a tape, lagged inputs included; vector by vector
 * in the order declared, the nearest lag first. Windowed networks have none.
 */
final class State {
    private final int[] homes;
    private final int[] sizes;
    private final int[] lags;
    private final int[] offsets;
    private final int size;

    State(Layout layout, boolean recurrent) {
        homes = IntStream.range(0, recurrent ? layout.slots() : 0)
                .filter(slot -> layout.home(slot) == slot && layout.past(slot) > 0)
                .toArray();
        sizes = IntStream.of(homes).map(layout::size).toArray();
        lags = IntStream.of(homes).map(layout::past).toArray();
        offsets = new int[homes.length];
        int next = 0;
        for (int k = 0; k < homes.length; k++) {
            offsets[k] = next;
            next += sizes[k] * lags[k];
        }
        size = next;
    }

    int size() {
        return size;
    }

    void save(Tape tape, int lane, float[] into, int at) {
        for (int k = 0; k < homes.length; k++) {
            for (int lag = 1; lag <= lags[k]; lag++) {
                float[] frame = tape.valueFrames().at(homes[k], tape.steps() + 1 - lag);
                System.arraycopy(frame, lane * sizes[k], into, at + place(k, lag), sizes[k]);
            }
        }
    }

    /** Puts it right before the first live frame; what falls on dead frames is kept aside. */
    void load(Tape tape, int lane, float[] from, int at) {
        int first = tape.padding(lane) + 1;
        for (int k = 0; k < homes.length; k++) {
            for (int lag = first; lag <= lags[k]; lag++) {
                float[] frame = tape.valueFrames().at(homes[k], first - lag);
                System.arraycopy(from, at + place(k, lag), frame, lane * sizes[k], sizes[k]);
            }
        }
        if (first > 1) {
            tape.keep(lane, from, at);
        }
    }

    /** One vector of a kept state; zeros where nothing is carried. */
    void recall(float[] kept, int home, int lag, float[] into, int at) {
        int k = Arrays.binarySearch(homes, home);
        if (k >= 0) {
            System.arraycopy(kept, place(k, lag), into, at, sizes[k]);
        }
    }

    private int place(int k, int lag) {
        return offsets[k] + (lag - 1) * sizes[k];
    }

    /** For the fingerprint. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < homes.length; k++) {
            text.append(sizes[k]).append('*').append(lags[k]).append(' ');
        }
        return text.toString();
    }
}
