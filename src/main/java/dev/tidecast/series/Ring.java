package dev.tidecast.series;

/**
 * The last values of a series as they were, addressed by bucket index, each with a flag that says it was filled in and
 * not observed.
 *
 * <p>Layout: floats [value of index i at i mod length]; flags one bit each, bit i mod length.
 */
public final class Ring {
    private final int at;
    private final int length;

    /** Numbers from place `at`. */
    public Ring(int at, int length) {
        this.at = at;
        this.length = length;
    }

    public int length() {
        return length;
    }

    public static int flagBytes(int length) {
        return (length + 7) / 8;
    }

    public float value(float[] s, long index) {
        return s[at + slot(index)];
    }

    public boolean filled(byte[] flags, long index) {
        int slot = slot(index);
        return (flags[slot >> 3] >> (slot & 7) & 1) != 0;
    }

    public void put(float[] s, byte[] flags, long index, float value, boolean filled) {
        int slot = slot(index);
        s[at + slot] = value;
        int bit = 1 << (slot & 7);
        flags[slot >> 3] = (byte) (filled ? flags[slot >> 3] | bit : flags[slot >> 3] & ~bit);
    }

    /** Copies the values of the count steps up to `last`, oldest first. */
    public void copy(float[] s, long last, int count, float[] to) {
        int from = slot(last - count + 1);
        int whole = Math.min(count, length - from);
        System.arraycopy(s, at + from, to, 0, whole);
        System.arraycopy(s, at, to, whole, count - whole);
    }

    private int slot(long index) {
        return (int) Math.floorMod(index, (long) length);
    }
}
