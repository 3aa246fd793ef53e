package dev.tidecast.nn;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The numbers of a network as bytes, big-endian:
 *
 * <pre>
 *  0  'T' 'C' 'N' 'N'
 *  4  format, 1
 *  5  kind: 1 weights, 2 state
 *  6  0 0
 *  8  fingerprint of the network, 8 bytes
 * 16  n, 4 bytes
 * 20  n floats
 *  .  CRC32C of all before it, 4 bytes; every format ends like this
 * </pre>
 */
public final class NetworkBytes {
    static final int FORMAT = 1;
    private static final int MAGIC = 0x54434E4E;
    private static final int HEADER = 20;
    private static final int CHECKSUM = 4;

    private enum Kind {
        WEIGHTS,
        STATE;

        String word() {
            return this == WEIGHTS ? "weights" : "state";
        }
    }

    private NetworkBytes() {}

    /** The flat weights as bytes. */
    public static byte[] ofWeights(Network network, float[] w) {
        return write(Kind.WEIGHTS, network, w, network.weights());
    }

    /** The state of one sequence as bytes. */
    public static byte[] ofState(Network network, float[] state) {
        return write(Kind.STATE, network, state, network.stateSize());
    }

    /**
     * The weights in these bytes.
     *
     * @throws BytesException if they are damaged, of a newer version or of another network
     */
    public static float[] weights(Network network, byte[] bytes) {
        return read(Kind.WEIGHTS, network, bytes, network.weights());
    }

    /**
     * The state in these bytes.
     *
     * @throws BytesException if they are damaged, of a newer version or of another network
     */
    public static float[] state(Network network, byte[] bytes) {
        return read(Kind.STATE, network, bytes, network.stateSize());
    }

    private static byte[] write(Kind kind, Network network, float[] numbers, int size) {
        if (numbers.length != size) {
            throw new IllegalArgumentException(
                    "found " + numbers.length + " floats where the network has " + size + " of " + kind.word());
        }
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + 4 * size + CHECKSUM);
        bytes.putInt(MAGIC).put((byte) FORMAT).put((byte) (kind.ordinal() + 1)).putShort((short) 0);
        bytes.putLong(network.fingerprint()).putInt(size);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return bytes.putInt(checksum(bytes.array())).array();
    }

    private static float[] read(Kind kind, Network network, byte[] array, int size) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        check(array.length >= HEADER + CHECKSUM && bytes.getInt() == MAGIC, "these bytes are not a network's numbers");
        check(bytes.getInt(array.length - CHECKSUM) == checksum(array), "the bytes are damaged: wrong checksum");
        int format = bytes.get();
        check(
                format == FORMAT,
                "found format " + format + ", this version reads up to format " + FORMAT + ": start a newer Tidecast");
        int found = bytes.get();
        check(found == kind.ordinal() + 1, "found kind " + found + " where " + kind.word() + " were expected");
        bytes.getShort();
        check(
                bytes.getLong() == network.fingerprint() && bytes.getInt() == size,
                "the " + kind.word() + " belong to a network of another shape");
        check(array.length == HEADER + 4 * size + CHECKSUM, "the bytes are damaged: wrong length");
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = bytes.getFloat();
        }
        return numbers;
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw new BytesException(otherwise);
        }
    }

    private static int checksum(byte[] array) {
        CRC32C crc = new CRC32C();
        crc.update(array, 0, array.length - CHECKSUM);
        return (int) crc.getValue();
    }
}
