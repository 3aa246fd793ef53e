package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.Frame;
import dev.tidecast.series.Source;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of one partition. It holds, for each source partition, the bucket up to which buckets may close (this bucket not
 * included), and the position of the sweep over silent keys. A bucket is due when every source that is waited for has passed its
 * end + grace; {@link Sources} says which sources these are. Only bucket numbers are kept, so a restart changes nothing.
 *
 * <pre>
 *   record `clock`, inside a {@link Frame}, format 2
 *   i64     due bucket of the sweep that is under way, or of the last one
 *   u8      1 while a sweep is under way
 *   i32     UTF-8 length of the last key swept, -1 before the first; then its bytes
 *   i64     largest timestamp of a live record, in units; i32 how often it has grown    (not in format 1)
 *   u16     n sources, each: i64 its due bucket, i32 partition, u16 length, UTF-8 topic,
 *           i32 how often the timestamp had grown when it was last heard,
 *           i64 the bucket its event time has reached                                   (neither in format 1)
 * </pre>
 *
 * A live record was read soon after it was written. Silence is counted in units of live time, an eighth of what
 * {@link Sources#idleMillis} asks, and only in those in which another source did send a live record: a source that is
 * behind, or that nobody has read while the pipeline was stopped, is not taken for idle.
 */
final class Clock {
    private static final int FIXED = 8 + 1 + 4 + 8 + 4 + 2;
    private static final int PER_SOURCE = 8 + 4 + 2 + 4 + 8;
    private static final int NO_KEY = -1;
    private static final int IDLE_UNITS = 8;

    /** What is known of one source partition. */
    private static final class Heard {
        final Source source;
        long due;
        long reached;
        int at;

        Heard(Source source, long due, long reached, int at) {
            this.source = source;
            this.due = due;
            this.reached = reached;
            this.at = at;
        }

        boolean isOf(Source other) {
            return other.partition() == source.partition() && other.topic().equals(source.topic());
        }
    }

    private final Sources sources;
    private final List<Heard> heard = new ArrayList<>();
    private long liveUnit;
    private int liveUnits;
    private long sweptFor = Long.MIN_VALUE;
    private boolean sweeping;
    private @Nullable String cursor;
    private boolean changed = true;
    /** Whether a source has come, gone or moved on since the slowest and the fastest were found. */
    private boolean moved;
    /** Whether no source of an earlier configuration is left. */
    private boolean pruned;

    private long due = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;

    /** A clock that has heard nothing. */
    Clock(Sources sources) {
        this.sources = sources;
    }

    /**
     * A source has shown event time.
     *
     * @param due the bucket its event time has reached with grace taken off: those before it may close
     * @param reached the bucket its event time has reached
     * @param isLive whether its record was read soon after it was written
     */
    void hear(Source source, long due, long reached, boolean isLive) {
        Heard known = find(source);
        if (known == null || !pruned) {
            moved |= heard.removeIf(other -> !isCurrent(other, source));
            pruned = true;
        }
        if (isLive && sources.several()) {
            passLiveTime(source.timestamp() / Math.max(1, sources.idleMillis() / IDLE_UNITS));
        }
        if (known == null) {
            heard.add(new Heard(source, due, reached, liveUnits));
            moved = true;
        } else if (due > known.due || reached > known.reached || liveUnits != known.at) {
            known.reached = Math.max(known.reached, reached);
            known.due = Math.max(known.due, due);
            known.at = liveUnits;
            moved = true;
        }
        if (moved) {
            changed = true;
            moved = false;
            measure();
        }
    }

    private @Nullable Heard find(Source source) {
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i).isOf(source)) {
                return heard.get(i);
            }
        }
        return null;
    }

    /** Finds the slowest and the fastest source again. */
    private void measure() {
        due = heard.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
        newest = Long.MIN_VALUE;
        for (Heard known : heard) {
            due = isIdle(known) ? due : Math.min(due, known.due);
            newest = Math.max(newest, known.due);
        }
    }

    private void passLiveTime(long unit) {
        if (unit > liveUnit) {
            liveUnit = unit;
            liveUnits++;
            moved = true;
        }
    }

    /** A source of another topic, or where there is one source any other, belongs to an earlier configuration. */
    private boolean isCurrent(Heard known, Source source) {
        return sources.several() ? known.source.topic().equals(source.topic()) : known.isOf(source);
    }

    private boolean isIdle(Heard known) {
        return sources.several() && liveUnits - known.at > IDLE_UNITS;
    }

    /** Buckets before this one are due; before any source has been heard none is. */
    long due() {
        return due;
    }

    /** The bucket that the most advanced source has reached. */
    long newest() {
        return newest;
    }

    /** The bucket that this source's event time has reached, by all that has been heard of it; it must have been heard. */
    long reached(Source source) {
        Heard known = find(source);
        if (known == null) {
            throw new IllegalStateException("never heard of " + source);
        }
        return known.reached;
    }

    /** Where time stands. */
    Watermark watermark() {
        long due = due();
        long newest = newest();
        Source slowest = null;
        int idle = 0;
        for (Heard known : heard) {
            if (isIdle(known)) {
                idle++;
            } else if (known.due == due && due < newest) {
                slowest = known.source;
            }
        }
        return new Watermark(due, newest, slowest, idle);
    }

    /** Begins a sweep if a boundary has been crossed since the last one. */
    void startSweepIfDue() {
        if (!sweeping && due() > sweptFor) {
            sweeping = true;
            sweptFor = due();
            cursor = null;
            changed = true;
        }
    }

    /** Whether keys must be visited. */
    boolean isSweeping() {
        return sweeping;
    }

    @Nullable
    String cursor() {
        return cursor;
    }

    /** The sweep has come to this key, or to the end. */
    void swept(@Nullable String last) {
        cursor = last;
        sweeping = last != null;
        changed = true;
    }

    /** Whether it differs from what was last written. */
    boolean isChanged() {
        return changed;
    }

    byte[] write(int fingerprint) {
        byte[] key = cursor == null ? new byte[0] : cursor.getBytes(StandardCharsets.UTF_8);
        List<byte[]> topics = new ArrayList<>();
        int size = FIXED + key.length;
        for (Heard known : heard) {
            byte[] topic = known.source.topic().getBytes(StandardCharsets.UTF_8);
            topics.add(topic);
            size += PER_SOURCE + topic.length;
        }
        ByteBuffer bytes = Frame.begin(Frame.CLOCK, fingerprint, size);
        bytes.putLong(sweptFor).put((byte) (sweeping ? 1 : 0));
        bytes.putInt(cursor == null ? NO_KEY : key.length).put(key);
        bytes.putLong(liveUnit).putInt(liveUnits).putShort((short) heard.size());
        for (int i = 0; i < heard.size(); i++) {
            Heard known = heard.get(i);
            bytes.putLong(known.due).putInt(known.source.partition());
            bytes.putShort((short) topics.get(i).length).put(topics.get(i));
            bytes.putInt(known.at).putLong(known.reached);
        }
        changed = false;
        return Frame.end(bytes);
    }

    static Clock read(byte[] bytes, int fingerprint, Sources sources) {
        ByteBuffer body = Frame.body(bytes, Frame.CLOCK, fingerprint);
        try {
            Clock clock = new Clock(sources);
            clock.read(body, Frame.versionOf(bytes) > 1);
            clock.changed = false;
            if (body.hasRemaining()) {
                throw new CorruptStateException("clock record has bytes left over");
            }
            return clock;
        } catch (BufferUnderflowException e) {
            throw new CorruptStateException("clock record ends early");
        }
    }

    private void read(ByteBuffer body, boolean knowsLive) {
        sweptFor = body.getLong();
        sweeping = body.get() != 0;
        int length = body.getInt();
        cursor = length == NO_KEY ? null : text(body, length);
        liveUnit = knowsLive ? body.getLong() : 0;
        liveUnits = knowsLive ? body.getInt() : 0;
        for (int left = body.getShort() & 0xFFFF; left > 0; left--) {
            long dueThen = body.getLong();
            int partition = body.getInt();
            String topic = text(body, body.getShort() & 0xFFFF);
            int at = knowsLive ? body.getInt() : 0;
            long reached = knowsLive ? body.getLong() : dueThen;
            heard.add(new Heard(new Source(topic, partition, 0, 0), dueThen, reached, at));
        }
        measure();
    }

    private static String text(ByteBuffer body, int length) {
        if (length < 0 || length > body.remaining()) {
            throw new CorruptStateException("clock record ends early");
        }
        byte[] text = new byte[length];
        body.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
