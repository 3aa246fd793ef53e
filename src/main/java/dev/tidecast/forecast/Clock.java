package dev.tidecast.forecast;

import dev.tidecast.series.Source;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time of one partition: per source partition the bucket up to which it lets others close, and how far the sweep of
 * silent keys has come. A bucket is due when every source heard has passed its end + grace; since only that is ever
 * asked, only that is kept, and a restart changes nothing.
 *
 * <pre>
 *   record `clock`, inside a {@link Frame}
 *   i64     due bucket of the sweep that is under way, or of the last one
 *   u8      1 while a sweep is under way
 *   i32     UTF-8 length of the last key swept, -1 before the first; then its bytes
 *   u16     n sources, each: i64 its due bucket, i32 partition, u16 length, UTF-8 topic
 * </pre>
 */
final class Clock {
    private static final int FIXED = 8 + 1 + 4 + 2;
    private static final int NO_KEY = -1;

    private static final class Hand {
        final Source source;
        long due;

        Hand(Source source, long due) {
            this.source = source;
            this.due = due;
        }

        boolean of(Source other) {
            return other.partition() == source.partition() && other.topic().equals(source.topic());
        }
    }

    private final List<Hand> hands = new ArrayList<>();
    private long sweptFor = Long.MIN_VALUE;
    private boolean sweeping;
    private @Nullable String cursor;
    private boolean changed;

    /** A source has shown event time up to that bucket (grace taken off). */
    void hear(Source source, long due) {
        for (Hand hand : hands) {
            if (hand.of(source)) {
                changed |= due > hand.due;
                hand.due = Math.max(hand.due, due);
                return;
            }
        }
        hands.add(new Hand(source, due));
        changed = true;
    }

    /** Buckets before this one are due. */
    long due() {
        long due = Long.MAX_VALUE;
        for (Hand hand : hands) {
            due = Math.min(due, hand.due);
        }
        return due;
    }

    /** Whether keys must be visited; a boundary crossed since the last sweep begins a new one. */
    boolean sweeps() {
        if (!sweeping && due() > sweptFor) {
            sweeping = true;
            sweptFor = due();
            cursor = null;
            changed = true;
        }
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

    /** Whether it must be written; asking clears it. */
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    byte[] write(int fingerprint) {
        byte[] key = cursor == null ? new byte[0] : cursor.getBytes(StandardCharsets.UTF_8);
        List<byte[]> topics = new ArrayList<>();
        int size = FIXED + key.length;
        for (Hand hand : hands) {
            byte[] topic = hand.source.topic().getBytes(StandardCharsets.UTF_8);
            topics.add(topic);
            size += 8 + 4 + 2 + topic.length;
        }
        ByteBuffer bytes = Frame.begin(Frame.CLOCK, fingerprint, size);
        bytes.putLong(sweptFor).put((byte) (sweeping ? 1 : 0));
        bytes.putInt(cursor == null ? NO_KEY : key.length).put(key);
        bytes.putShort((short) hands.size());
        for (int i = 0; i < hands.size(); i++) {
            Hand hand = hands.get(i);
            bytes.putLong(hand.due).putInt(hand.source.partition());
            bytes.putShort((short) topics.get(i).length).put(topics.get(i));
        }
        return Frame.end(bytes);
    }

    static Clock read(byte[] bytes, int fingerprint) {
        ByteBuffer body = Frame.body(bytes, Frame.CLOCK, fingerprint);
        try {
            Clock clock = new Clock();
            clock.sweptFor = body.getLong();
            clock.sweeping = body.get() != 0;
            int length = body.getInt();
            clock.cursor = length == NO_KEY ? null : text(body, length);
            for (int left = body.getShort() & 0xFFFF; left > 0; left--) {
                long due = body.getLong();
                int partition = body.getInt();
                String topic = text(body, body.getShort() & 0xFFFF);
                clock.hands.add(new Hand(new Source(topic, partition, 0, 0), due));
            }
            if (body.hasRemaining()) {
                throw new CorruptStateException("clock record has bytes left over");
            }
            return clock;
        } catch (BufferUnderflowException e) {
            throw new CorruptStateException("clock record ends early");
        }
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
