package dev.tidecast.forecast.close;

import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.forecast.state.Target;
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
    final Known.@Nullable Line ahead;

    /** What the network says after the last step, normalised; null before it has been read for the first time. */
    float @Nullable [] reading;

    Versions versions;
    long next;
    long time;
    int closed;
    int observed;
    private @Nullable Experts experts;

    LiveState(SeriesState kept, Known.@Nullable Line ahead) {
        this.numbers = kept.numbers().clone();
        this.doubles = kept.doubles().clone();
        this.flags = kept.flags().clone();
        this.levels = kept.levels().clone();
        this.ahead = ahead;
        this.versions = kept.versions();
        SeriesState.Position position = kept.position();
        this.next = position.next();
        this.time = position.time();
        this.closed = position.closed();
        this.observed = position.observed();
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
    Experts experts(Layout layout, Target target) {
        Experts now = experts;
        if (now == null) {
            now = new Experts(layout, target, this);
            experts = now;
        }
        return now;
    }

    /** One step, or many as one gap, have been taken in. */
    void pass(long steps, boolean counts) {
        next += steps;
        closed = (int) Math.min(Integer.MAX_VALUE, closed + steps);
        if (counts) {
            observed = (int) Math.min(Integer.MAX_VALUE, observed + steps);
        }
        experts = null;
    }
}
