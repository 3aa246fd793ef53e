package dev.tidecast.forecast.state;

import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The `open` record of a key, little-endian, inside a {@link Frame}:
 *
 * <pre>
 *   i64     first bucket not closed
 *   u16     bit 15: a bucket was closed before; bit 14: some bucket is censored; the rest: n, open buckets with events
 *   n times
 *     varint  bucket - first bucket not closed
 *     varint  events × 2, + 1 if the value needs a double
 *     f32|f64 value
 *     varint  only LAST: milliseconds from the bucket's start to the last value
 *   bits    only with bit 14: a bit per bucket, the first one lowest, whether it is censored; 0 up to a whole byte
 * </pre>
 *
 * It belongs to one thread. 64 bytes hold two open buckets of any content, seven of a count or sum below 2^24.
 */
public final class OpenCodec {
    private static final int BORN = 0x8000;
    private static final int CENSORED = 0x4000;
    private static final int MOST_SLOT_BYTES = 5 + 5 + 8 + 10;

    private final Buckets buckets;
    private final int fingerprint;
    private ByteBuffer scratch = ByteBuffer.allocate(MOST_SLOT_BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);

    public OpenCodec(Buckets buckets, int fingerprint) {
        this.buckets = buckets;
        this.fingerprint = fingerprint;
    }

    private ByteBuffer scratch(int size) {
        if (scratch.capacity() < size) {
            scratch = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        }
        return scratch.clear();
    }

    public byte[] write(OpenState open) {
        List<OpenState.Slot> slots = open.slots();
        ByteBuffer body = scratch(slots.size() * (MOST_SLOT_BYTES + 1));
        boolean censored = false;
        for (OpenState.Slot slot : slots) {
            censored |= slot.censored();
            boolean wide = (float) slot.value() != slot.value();
            putVarint(body, slot.index() - open.base());
            putVarint(body, slot.count() * 2L + (wide ? 1 : 0));
            if (wide) {
                body.putDouble(slot.value());
            } else {
                body.putFloat((float) slot.value());
            }
            if (buckets.aggregate() == Aggregate.LAST) {
                putVarint(body, slot.moment() - buckets.start(slot.index()));
            }
        }
        if (censored) {
            body.put(bits(slots));
        }
        ByteBuffer bytes = Frame.begin(Frame.OPEN, fingerprint, 10 + body.position());
        int head = slots.size() | (open.born() ? BORN : 0) | (censored ? CENSORED : 0);
        bytes.putLong(open.base()).putShort((short) head);
        return Frame.end(bytes.put(body.flip()));
    }

    public OpenState read(byte[] bytes) {
        ByteBuffer body = Frame.body(bytes, Frame.OPEN, fingerprint);
        try {
            long base = body.getLong();
            int head = body.getShort();
            int size = head & (CENSORED - 1);
            List<OpenState.Slot> slots = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                slots.add(readSlot(body, base));
            }
            if ((head & CENSORED) != 0) {
                mark(body, slots);
            }
            if (body.hasRemaining()) {
                throw new CorruptStateException("open record has bytes left over");
            }
            return new OpenState(base, (head & BORN) != 0, List.copyOf(slots));
        } catch (BufferUnderflowException e) {
            throw new CorruptStateException("open record ends early");
        }
    }

    private OpenState.Slot readSlot(ByteBuffer body, long base) {
        long index = base + getVarint(body);
        long count = getVarint(body);
        double value = (count & 1) != 0 ? body.getDouble() : body.getFloat();
        long moment = buckets.aggregate() == Aggregate.LAST ? buckets.start(index) + getVarint(body) : 0;
        return new OpenState.Slot(index, (int) (count >>> 1), value, moment, false);
    }

    private static byte[] bits(List<OpenState.Slot> slots) {
        byte[] bits = new byte[(slots.size() + 7) / 8];
        for (int i = 0; i < slots.size(); i++) {
            bits[i >> 3] |= (byte) (slots.get(i).censored() ? 1 << (i & 7) : 0);
        }
        return bits;
    }

    private static void mark(ByteBuffer body, List<OpenState.Slot> slots) {
        byte[] bits = new byte[(slots.size() + 7) / 8];
        body.get(bits);
        for (int i = 0; i < slots.size(); i++) {
            if ((bits[i >> 3] >> (i & 7) & 1) != 0) {
                slots.set(i, slots.get(i).asCensored());
            }
        }
    }

    private static void putVarint(ByteBuffer bytes, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes.put((byte) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest);
    }

    private static long getVarint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new CorruptStateException("open record holds a number without end");
    }
}
