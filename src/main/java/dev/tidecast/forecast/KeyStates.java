package dev.tidecast.forecast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key states in their two stores: `open` is written per event, `series` only at a close. Bytes that cannot be read
 * are reported and removed, so that the key starts again; those of a newer version are left alone and refused.
 */
final class KeyStates {
    private final PartitionFold.Store open;
    private final PartitionFold.Store series;
    private final PartitionFold.Outlet outlet;
    private final OpenCodec openCodec;
    private final SeriesCodec seriesCodec;

    KeyStates(
            Forecaster forecaster, PartitionFold.Store open, PartitionFold.Store series, PartitionFold.Outlet outlet) {
        this.open = open;
        this.series = series;
        this.outlet = outlet;
        this.openCodec = new OpenCodec(forecaster.settings().buckets(), forecaster.fingerprint());
        this.seriesCodec = forecaster.seriesCodec();
    }

    /** The state of a key, null if it has none (any more). */
    @Nullable
    KeyState load(String key) {
        return loadIfDue(key, Long.MAX_VALUE);
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
            return new KeyState(buckets, seriesBytes == null ? null : seriesCodec.read(seriesBytes));
        } catch (CorruptStateException | OtherShapeException e) {
            forget(key, e);
            return null;
        }
    }

    /** The closed series of a key that has no buckets. */
    @Nullable
    SeriesState loadSeries(String key) {
        byte[] bytes = series.get(key);
        try {
            return bytes == null ? null : seriesCodec.read(bytes);
        } catch (CorruptStateException | OtherShapeException e) {
            forget(key, e);
            return null;
        }
    }

    KeyState withoutBuckets(SeriesState state) {
        return new KeyState(new OpenState(state.next, true, List.of()), state);
    }

    void saveOpen(String key, KeyState state) {
        open.put(key, openCodec.write(state.open));
    }

    void saveSeries(String key, KeyState state) {
        if (state.series != null) {
            series.put(key, seriesCodec.write(state.series));
        }
    }

    private void forget(String key, StateException why) {
        open.delete(key);
        series.delete(key);
        outlet.corrupt(key, String.valueOf(why.getMessage()));
    }
}
