package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.Frame;
import dev.tidecast.forecast.state.StateException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * All that an in-memory {@link Fold} keeps, little-endian, inside a {@link Frame}:
 *
 * <pre>
 *   i64     observations so far
 *   for each of the stores open, series and clock:
 *     i32     n entries, in the order of their keys
 *     n times
 *       i32     UTF-8 length of the key, then its bytes
 *       i32     length of the value, then its bytes: a record in a frame of its own
 * </pre>
 */
final class FoldBytes {
    private static final int FRAME = 32;

    private FoldBytes() {}

    /** @param observations how many the fold has taken */
    record Kept(long observations, Stores.Trees stores) {}

    private record Entry(byte[] key, byte[] value) {}

    static byte[] write(Forecaster forecaster, Kept kept) {
        List<List<Entry>> stores = new ArrayList<>();
        long size = Long.BYTES;
        for (TreeStore store : kept.stores().all()) {
            List<Entry> entries = new ArrayList<>();
            store.forEach((key, value) -> entries.add(new Entry(key.getBytes(StandardCharsets.UTF_8), value)));
            stores.add(entries);
            size += Integer.BYTES;
            for (Entry entry : entries) {
                size += 2L * Integer.BYTES + entry.key.length + entry.value.length;
            }
        }
        if (size > Integer.MAX_VALUE - FRAME) {
            throw new IllegalStateException(
                    "the state has " + size + " bytes, more than an array can hold: keep the keys in several folds");
        }
        ByteBuffer bytes = Frame.begin(Frame.FOLD, forecaster.fingerprint(), (int) size);
        bytes.putLong(kept.observations());
        for (List<Entry> entries : stores) {
            bytes.putInt(entries.size());
            for (Entry entry : entries) {
                bytes.putInt(entry.key.length).put(entry.key);
                bytes.putInt(entry.value.length).put(entry.value);
            }
        }
        return Frame.end(bytes);
    }

    /**
     * What was kept. Every record is read once, so that bytes which cannot be used are refused here and not at the first
     * observation of some key.
     *
     * @throws StateException if the bytes are damaged, of a newer version or of settings of another shape
     */
    static Kept read(Forecaster forecaster, byte[] array) {
        ByteBuffer bytes = Frame.body(array, Frame.FOLD, forecaster.fingerprint());
        try {
            Kept kept = new Kept(bytes.getLong(), new Stores.Trees());
            for (TreeStore store : kept.stores().all()) {
                for (int left = bytes.getInt(); left > 0; left--) {
                    String key = new String(next(bytes), StandardCharsets.UTF_8);
                    store.put(key, next(bytes));
                }
            }
            if (bytes.hasRemaining()) {
                throw new CorruptStateException("state of a fold has bytes left over");
            }
            check(forecaster, kept.stores());
            return kept;
        } catch (BufferUnderflowException e) {
            throw new CorruptStateException("state of a fold ends early");
        }
    }

    private static byte[] next(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new CorruptStateException("state of a fold ends early");
        }
        byte[] next = new byte[length];
        bytes.get(next);
        return next;
    }

    private static void check(Forecaster forecaster, Stores.Trees stores) {
        byte[] clock = stores.clock().get(Setback.CLOCK);
        if (clock != null) {
            Clock.read(clock, forecaster.fingerprint(), Sources.ONE);
        }
        List<Setback> setbacks = new ArrayList<>();
        KeyStates keys = new KeyStates(forecaster, stores.open(), stores.series(), setbacks);
        boolean whole = forecaster.settings().buckets().isNone();
        for (String key : (whole ? stores.series() : stores.open()).keysAfter(null, Integer.MAX_VALUE)) {
            if (whole) {
                keys.loadWithoutBuckets(key);
            } else {
                keys.load(key);
            }
            if (!setbacks.isEmpty()) {
                throw setbacks.get(0).cause();
            }
        }
    }
}
