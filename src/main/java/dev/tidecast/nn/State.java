package dev.tidecast.nn;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What recurs: every vector at every lag that is read across the boundary of a tape, lagged inputs included, nearest first. */
final class State {
    private final int[] homes;
    private final int[] sizes;
    private final int[] lags;
    private final int size;

    State(@Nullable Layout layout) {
        homes = layout == null
                ? new int[0]
                : IntStream.range(0, layout.slots())
                        .filter(slot -> layout.home(slot) == slot && layout.past(slot) > 0)
                        .toArray();
        sizes = IntStream.of(homes)
                .map(home -> layout == null ? 0 : layout.size(home))
                .toArray();
        lags = IntStream.of(homes)
                .map(home -> layout == null ? 0 : layout.past(home))
                .toArray();
        size = IntStream.range(0, homes.length).map(k -> sizes[k] * lags[k]).sum();
    }

    int size() {
        return size;
    }

    void save(Tape tape, int lane, float[] into, int at) {
        copy(tape, lane, into, at, true);
    }

    void load(Tape tape, int lane, float[] from, int at) {
        copy(tape, lane, from, at, false);
    }

    private void copy(Tape tape, int lane, float[] flat, int at, boolean save) {
        int next = at;
        for (int k = 0; k < homes.length; k++) {
            for (int lag = 1; lag <= lags[k]; lag++) {
                if (save) {
                    float[] frame = tape.valueFrames().at(homes[k], tape.steps() + 1 - lag);
                    System.arraycopy(frame, lane * sizes[k], flat, next, sizes[k]);
                } else {
                    float[] frame = tape.valueFrames().at(homes[k], 1 - lag);
                    System.arraycopy(flat, next, frame, lane * sizes[k], sizes[k]);
                }
                next += sizes[k];
            }
        }
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
