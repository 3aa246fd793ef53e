package dev.tidecast.stream;

import dev.tidecast.series.Buckets;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The largest event time each source partition has shown. What is due downstream depends on it only through the bucket
 * it has reached, so that is when it is stored: after a restart the clock stands in the same bucket, and the forecasts
 * are the same. Where ingest and forecaster share a task, the forecaster's own clock store does this and there is no
 * store here.
 *
 * <pre>
 *   key    source partition in decimal
 *   value  u8 format version 1 · i64 event time · i32 CRC32C of the nine bytes before
 * </pre>
 */
final class SourceClock {
    private static final byte VERSION = 1;
    private static final int SIZE = 13;

    private final Buckets buckets;
    private final long graceMillis;
    private final @Nullable KeyValueStore<String, byte[]> store;
    private int partition = -1;
    private long seen;
    private long stored;

    SourceClock(Buckets buckets, long graceMillis, @Nullable KeyValueStore<String, byte[]> store) {
        this.buckets = buckets;
        this.graceMillis = graceMillis;
        this.store = store;
    }

    /** Takes notice of an event time and gives the largest one so far. A task has one source partition. */
    long advance(int sourcePartition, long time) {
        if (sourcePartition != partition) {
            partition = sourcePartition;
            stored = load();
            seen = Math.max(stored, time);
        }
        seen = Math.max(seen, time);
        if (store != null && !buckets.isNone() && (stored == Long.MIN_VALUE || bucket(seen) > bucket(stored))) {
            store.put(Integer.toString(partition), write(seen));
            stored = seen;
        }
        return seen;
    }

    private long bucket(long time) {
        return buckets.index(time - graceMillis);
    }

    private long load() {
        byte[] value = store == null ? null : store.get(Integer.toString(partition));
        if (value == null || value.length != SIZE || value[0] != VERSION) {
            return Long.MIN_VALUE;
        }
        ByteBuffer in = ByteBuffer.wrap(value);
        return in.getInt(SIZE - 4) == crc(value) ? in.getLong(1) : Long.MIN_VALUE;
    }

    private static byte[] write(long time) {
        ByteBuffer out = ByteBuffer.allocate(SIZE).put(VERSION).putLong(time);
        return out.putInt(crc(out.array())).array();
    }

    private static int crc(byte[] value) {
        CRC32C crc = new CRC32C();
        crc.update(value, 0, SIZE - 4);
        return (int) crc.getValue();
    }
}
