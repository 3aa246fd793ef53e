package dev.tidecast.forecast.close;

import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.forecast.state.Versions;
import dev.tidecast.series.Known;
import org.jspecify.annotations.Nullable;

/**
 * The state of one key while its buckets close: a copy of what is kept, which the classes of this package change. Nothing
 * outside this package can. {@link #kept} makes it the next state.
 */
public final class LiveState {
    final float[] numbers;
    final double[] doubles;
    final byte[] flags;
    final float[] levels;

    /** What is known of the key in advance; null: nothing. */
    Known.@Nullable Line ahead;

    /** What the network says after the last step, normalised; null before it has been read for the first time. */
    float @Nullable [] reading;

    Versions versions = Versions.NONE;
    long next;
    long time;
    int closed;
    int observed;
    /** Room for the values before the one that is taken in: the last, and one of each season. */
    final double[] before;

    private final Experts experts;
    private boolean asked;
    private float[] said = {};

    /** A copy of what is kept. */
    LiveState(Parts parts, SeriesState kept, Known.@Nullable Line ahead) {
        this(parts);
        copy(kept, ahead);
    }

    /** Room for a state: {@link #copy} fills it. */
    LiveState(Parts parts) {
        Layout layout = parts.layout;
        numbers = new float[layout.size];
        doubles = new double[layout.doubles()];
        flags = new byte[layout.flagBytes()];
        levels = new float[SeriesState.LEVELS];
        before = new double[layout.normaliser.roughs()];
        experts = new Experts(layout, parts.domain, this);
    }

    /** Becomes a copy of what is kept. */
    void copy(SeriesState kept, Known.@Nullable Line known) {
        System.arraycopy(kept.numbers(), 0, numbers, 0, numbers.length);
        System.arraycopy(kept.doubles(), 0, doubles, 0, doubles.length);
        System.arraycopy(kept.flags(), 0, flags, 0, flags.length);
        System.arraycopy(kept.levels(), 0, levels, 0, levels.length);
        ahead = known;
        reading = null;
        versions = kept.versions();
        SeriesState.Position position = kept.position();
        next = position.next();
        time = position.time();
        closed = position.closed();
        observed = position.observed();
        asked = false;
    }

    /** The first bucket not closed; without buckets the number of steps. */
    public long next() {
        return next;
    }

    /** What is kept of it from now on. The arrays change hands: it must not be used any more. */
    public SeriesState kept() {
        return new SeriesState(
                new SeriesState.Position(next, time, closed, observed), versions, numbers, doubles, flags, levels);
    }

    /** What the simple experts say now. */
    Experts experts() {
        if (!asked) {
            experts.begin();
            asked = true;
        }
        return experts;
    }

    /** The place for what the network says now. */
    float[] read(int size) {
        if (said.length != size) {
            said = new float[size];
        }
        reading = said;
        return said;
    }

    /** One step, or many as one gap, have been taken in. */
    void pass(long steps, boolean counts) {
        next += steps;
        closed = (int) Math.min(Integer.MAX_VALUE, closed + steps);
        if (counts) {
            observed = (int) Math.min(Integer.MAX_VALUE, observed + steps);
        }
        asked = false;
    }
}
