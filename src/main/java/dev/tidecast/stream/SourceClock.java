package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.Frame;
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
 *   key    topic, "/", source partition in decimal
 *   value  i64 event time, inside a {@link Frame}
 * </pre>
 *
 * The first format is still read: its key is the partition alone, its value u8 1 · i64 event time · i32 CRC32C, big-endian.
 */
final class SourceClock {
    private static final int FIRST_SIZE = 13;

    private final Buckets buckets;
    private final long graceMillis;
    private final int fingerprint;
    private final @Nullable KeyValueStore<String, byte[]> store;
    private final Runnable damage;
    private String heardTopic = "";
    private int heardPartition = -1;
    private String key = "";
    private long seen;
    private long stored;

    /**
     * @param store null where the forecaster's own clock is enough
     * @param damage told when a stored value is damaged and counts as none
     */
    SourceClock(Forecaster forecaster, @Nullable KeyValueStore<String, byte[]> store, Runnable damage) {
        this.buckets = forecaster.settings().buckets();
        this.graceMillis = forecaster.settings().graceMillis();
        this.fingerprint = forecaster.fingerprint();
        this.store = store;
        this.damage = damage;
    }

    /**
     * Takes notice of an event time and gives the largest one so far. A task has one source partition.
     *
     * @throws dev.tidecast.forecast.NewerFormatException if a newer version wrote the stored value
     */
    long advance(String topic, int partition, long time) {
        if (partition != heardPartition || !topic.equals(heardTopic)) {
            key = topic + "/" + partition;
            stored = load(key, partition);
            seen = Math.max(stored, time);
            heardTopic = topic;
            heardPartition = partition;
        }
        seen = Math.max(seen, time);
        if (store != null && !buckets.isNone() && (stored == Long.MIN_VALUE || bucket(seen) > bucket(stored))) {
            store.put(key, write(seen));
            stored = seen;
        }
        return seen;
    }

    private long bucket(long time) {
        return buckets.index(time - graceMillis);
    }

    private long load(String name, int partition) {
        if (store == null) {
            return Long.MIN_VALUE;
        }
        byte[] value = store.get(name);
        if (value != null) {
            return read(value);
        }
        byte[] old = store.get(Integer.toString(partition));
        return old == null ? Long.MIN_VALUE : readFirstFormat(old);
    }

    private long read(byte[] value) {
        try {
            ByteBuffer body = Frame.body(value, Frame.SOURCE, fingerprint);
            return body.remaining() == Long.BYTES ? body.getLong() : damaged();
        } catch (CorruptStateException e) {
            return damaged();
        }
    }

    private long readFirstFormat(byte[] value) {
        if (value.length != FIRST_SIZE || value[0] != 1) {
            return damaged();
        }
        CRC32C crc = new CRC32C();
        crc.update(value, 0, FIRST_SIZE - 4);
        ByteBuffer in = ByteBuffer.wrap(value);
        return in.getInt(FIRST_SIZE - 4) == (int) crc.getValue() ? in.getLong(1) : damaged();
    }

    private long damaged() {
        damage.run();
        return Long.MIN_VALUE;
    }

    private byte[] write(long time) {
        return Frame.end(Frame.begin(Frame.SOURCE, fingerprint, Long.BYTES).putLong(time));
    }
}
