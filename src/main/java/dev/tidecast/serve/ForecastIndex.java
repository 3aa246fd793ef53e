package dev.tidecast.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where the latest forecast of every key stands on its topic, and what can be said of it in a few bits. {@link Board}
 * writes it on the tail's thread, the HTTP threads read. It holds all keys, so an entry is small:
 *
 * <pre>
 * key     2 bytes length, UTF-8           in pieces of 64 KiB
 * start   int    piece and place in it
 * place   long   partition (16 bits), offset (48 bits); -1: the key has been deleted
 * facts   long   observed, stale (1 bit), state (2 bits)
 * slot    int    hash table with linear probing, at most three quarters full: number of the entry plus one
 * </pre>
 */
final class ForecastIndex {
    private static final int PIECE_BITS = 16;
    private static final int PIECE = 1 << PIECE_BITS;
    private static final int RUN_BITS = 12;
    private static final int RUN = 1 << RUN_BITS;
    private static final int OFFSET_BITS = 48;
    private static final long OFFSET_MASK = (1L << OFFSET_BITS) - 1;
    private static final long DELETED = -1;

    /** Where a record stands. */
    record Place(int partition, long offset) {}

    /** What is known of the latest forecast of a key. */
    record Entry(String key, State state, long observed, boolean stale) {}

    /** How many keys were asked for, and the first of them in order of their bytes. */
    record Found(int total, List<Entry> first) {}

    private final List<byte[]> pieces = new ArrayList<>();
    private final List<int[]> starts = new ArrayList<>();
    private final List<long[]> places = new ArrayList<>();
    private final List<long[]> facts = new ArrayList<>();
    private final int[] inState = new int[State.values().length];
    private int[] slots = new int[1024];
    private int pieceUsed = PIECE;
    private int count;
    private int deleted;
    private int stale;

    /** Notes that the latest forecast of a key stands here. */
    synchronized void put(byte[] key, Place place, ForecastHead head) {
        if (key.length > PIECE - 2) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes: no series has one so long");
        }
        int slot = slot(key);
        int entry = slots[slot] - 1;
        if (entry < 0) {
            entry = add(key, slot);
        } else {
            take(entry);
        }
        State state = State.of(head.quality().state());
        set(places, entry, (long) place.partition() << OFFSET_BITS | place.offset() & OFFSET_MASK);
        set(facts, entry, head.quality().observed() << 3 | (head.stale() ? 4 : 0) | state.ordinal());
        inState[state.ordinal()]++;
        stale += head.stale() ? 1 : 0;
    }

    /** Forgets the forecast of a key. */
    synchronized void remove(byte[] key) {
        int entry = slots[slot(key)] - 1;
        if (entry >= 0 && get(places, entry) != DELETED) {
            take(entry);
            set(places, entry, DELETED);
            deleted++;
        }
    }

    /** Where the latest forecast of a key stands; null: none is known. */
    synchronized @Nullable Place place(String key) {
        int entry = slots[slot(key.getBytes(StandardCharsets.UTF_8))] - 1;
        long place = entry < 0 ? DELETED : get(places, entry);
        return place == DELETED ? null : new Place((int) (place >>> OFFSET_BITS), place & OFFSET_MASK);
    }

    /** How many keys have a forecast. */
    synchronized int size() {
        return count - deleted;
    }

    /** How many of them are in this state. */
    synchronized int size(State state) {
        return inState[state.ordinal()];
    }

    /** How many of them have a forecast that is out of date. */
    synchronized int stale() {
        return stale;
    }

    /** The bytes that all this takes. */
    synchronized long bytes() {
        long perEntry = Integer.BYTES + 2 * Long.BYTES;
        return (long) pieces.size() * PIECE + perEntry * starts.size() * RUN + (long) Integer.BYTES * slots.length;
    }

    /** The keys that begin so and are in this state (null: in any), at most so many of them. */
    synchronized Found find(String prefix, @Nullable State state, int most) {
        byte[] begin = prefix.getBytes(StandardCharsets.UTF_8);
        PriorityQueue<Integer> first = new PriorityQueue<>(Collections.reverseOrder(this::compare));
        int total = 0;
        for (int entry = 0; entry < count; entry++) {
            if (get(places, entry) == DELETED || state != null && state(entry) != state || !begins(entry, begin)) {
                continue;
            }
            total++;
            if (first.size() < most) {
                first.add(entry);
            } else if (compare(entry, first.element()) < 0) {
                first.remove();
                first.add(entry);
            }
        }
        List<Integer> inOrder = new ArrayList<>(first);
        inOrder.sort(this::compare);
        return new Found(total, inOrder.stream().map(this::entry).toList());
    }

    private Entry entry(int entry) {
        int at = at(entry);
        String key = new String(piece(entry), at + 2, length(entry), StandardCharsets.UTF_8);
        long fact = get(facts, entry);
        return new Entry(key, state(entry), fact >> 3, (fact & 4) != 0);
    }

    private State state(int entry) {
        return State.values()[(int) (get(facts, entry) & 3)];
    }

    /** Takes what is said of an entry out of the sums; one that was deleted is counted in again. */
    private void take(int entry) {
        if (get(places, entry) == DELETED) {
            deleted--;
            return;
        }
        inState[state(entry).ordinal()]--;
        stale -= (get(facts, entry) & 4) != 0 ? 1 : 0;
    }

    private int add(byte[] key, int slot) {
        if (pieceUsed + 2 + key.length > PIECE) {
            pieces.add(new byte[PIECE]);
            pieceUsed = 0;
        }
        if (count == starts.size() * RUN) {
            starts.add(new int[RUN]);
            places.add(new long[RUN]);
            facts.add(new long[RUN]);
        }
        byte[] piece = pieces.get(pieces.size() - 1);
        piece[pieceUsed] = (byte) (key.length >>> 8);
        piece[pieceUsed + 1] = (byte) key.length;
        System.arraycopy(key, 0, piece, pieceUsed + 2, key.length);
        starts.get(count >>> RUN_BITS)[count & RUN - 1] = pieces.size() - 1 << PIECE_BITS | pieceUsed;
        pieceUsed += 2 + key.length;
        slots[slot] = ++count;
        if (count > slots.length / 4 * 3) {
            grow();
        }
        return count - 1;
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        for (int entry = 0; entry < count; entry++) {
            int at = at(entry) + 2;
            int slot = hash(piece(entry), at, at + length(entry)) & larger.length - 1;
            while (larger[slot] != 0) {
                slot = slot + 1 & larger.length - 1;
            }
            larger[slot] = entry + 1;
        }
        slots = larger;
    }

    /** The slot of a key, or the empty one where it would be put. */
    private int slot(byte[] key) {
        int slot = hash(key, 0, key.length) & slots.length - 1;
        while (slots[slot] != 0 && !isKey(slots[slot] - 1, key)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isKey(int entry, byte[] key) {
        return length(entry) == key.length && begins(entry, key);
    }

    private boolean begins(int entry, byte[] begin) {
        int at = at(entry) + 2;
        return length(entry) >= begin.length
                && Arrays.equals(piece(entry), at, at + begin.length, begin, 0, begin.length);
    }

    private int compare(int one, int other) {
        int a = at(one) + 2;
        int b = at(other) + 2;
        return Arrays.compareUnsigned(piece(one), a, a + length(one), piece(other), b, b + length(other));
    }

    private byte[] piece(int entry) {
        return pieces.get(start(entry) >>> PIECE_BITS);
    }

    private int at(int entry) {
        return start(entry) & PIECE - 1;
    }

    private int length(int entry) {
        byte[] piece = piece(entry);
        int at = at(entry);
        return (piece[at] & 0xff) << 8 | piece[at + 1] & 0xff;
    }

    private int start(int entry) {
        return starts.get(entry >>> RUN_BITS)[entry & RUN - 1];
    }

    private static long get(List<long[]> runs, int entry) {
        return runs.get(entry >>> RUN_BITS)[entry & RUN - 1];
    }

    private static void set(List<long[]> runs, int entry, long value) {
        runs.get(entry >>> RUN_BITS)[entry & RUN - 1] = value;
    }

    /** FNV-1a with a last mix, for its low bits choose the slot. */
    private static int hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ bytes[i] & 0xff) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 32);
    }
}
