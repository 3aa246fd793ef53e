package dev.tidecast.forecast.state;

import org.jspecify.annotations.Nullable;

/** All that is kept of one key: its open buckets, and its closed series once a bucket has closed. Immutable. */
public final class KeyState {
    public final OpenState open;
    public final @Nullable SeriesState series;

    public KeyState(OpenState open, @Nullable SeriesState series) {
        this.open = open;
        this.series = series;
    }

    /** The first bucket not closed; without buckets the number of steps. */
    public long firstOpen() {
        return open.base();
    }
}
