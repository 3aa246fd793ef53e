package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.OpenCodec;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.SeriesCodec;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.forecast.state.StateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key states in their two stores: `open` is written per event, `series` only at a close. Damaged bytes are reported
 * and removed, so that the key starts again. Bytes of a newer version or of other settings are left alone and refused.
 */
final class KeyStates {
    private final Store open;
    private final Store series;
    private final List<Setback> setbacks;
    private final OpenCodec openCodec;
    private final SeriesCodec seriesCodec;
    /** The arrays into which a series is read: what is loaded holds until the next load. */
    private final SeriesState room;

    /** @param setbacks where damaged bytes are reported */
    KeyStates(Forecaster forecaster, Store open, Store series, List<Setback> setbacks) {
        this.open = open;
        this.series = series;
        this.setbacks = setbacks;
        this.openCodec = new OpenCodec(forecaster.settings().buckets(), forecaster.fingerprint());
        this.seriesCodec = forecaster.seriesCodec();
        this.room = forecaster.newRoom();
    }

    /** The state of a key, null if it has none (any more); it holds until the next state is loaded. */
    @Nullable
    KeyState load(String key) {
        return loadIfDue(key, Long.MAX_VALUE);
    }

    /** Up to limit keys greater than `after` (from the first when null), ascending. */
    List<String> after(@Nullable String after, int limit) {
        return open.keysAfter(after, limit);
    }

    /** The state of a key whose first open bucket lies before `due`. */
    @Nullable
    KeyState loadIfDue(String key, long due) {
        byte[] openBytes = open.get(key);
        if (openBytes == null) {
            return null;
        }
        try {
            OpenState buckets = openCodec.read(openBytes);
            if (buckets.base() >= due) {
                return null;
            }
            byte[] seriesBytes = buckets.born() ? series.get(key) : null;
            if (buckets.born() && seriesBytes == null) {
                throw new CorruptStateException("series record is missing");
            }
            return new KeyState(buckets, seriesBytes == null ? null : seriesCodec.read(seriesBytes, room));
        } catch (CorruptStateException e) {
            forget(key, e);
            return null;
        }
    }

    /** The state of a key that has no buckets, null if it has none (any more). */
    @Nullable
    KeyState loadWithoutBuckets(String key) {
        byte[] bytes = series.get(key);
        if (bytes == null) {
            return null;
        }
        try {
            SeriesState state = seriesCodec.read(bytes, room);
            return new KeyState(new OpenState(state.position().next(), true, List.of()), state);
        } catch (CorruptStateException e) {
            forget(key, e);
            return null;
        }
    }

    /** Writes the records of a key that differ from what was loaded. */
    void save(String key, @Nullable KeyState loaded, KeyState state) {
        open.put(key, openCodec.write(state.open));
        saveSeries(key, loaded, state);
    }

    /** The same for a key that has no buckets. */
    void saveWithoutBuckets(String key, @Nullable KeyState loaded, KeyState state) {
        saveSeries(key, loaded, state);
    }

    private void saveSeries(String key, @Nullable KeyState loaded, KeyState state) {
        if (state.series != null && (loaded == null || loaded.series != state.series)) {
            series.put(key, seriesCodec.write(state.series));
        }
    }

    private void forget(String key, StateException why) {
        open.delete(key);
        series.delete(key);
        setbacks.add(Setback.corrupt(key, why));
    }
}
