package dev.tidecast.forecast.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What all stored bytes have in common, little-endian. Every later format keeps the first seven bytes and the last four
 * in place, so that any version can tell damage from age.
 *
 * <pre>
 *   0      'T'
 *   1      which record: 'O' open, 'S' series, 'C' clock, 'F' failed key, 'T' time of a source, 'A' all of a fold
 *   2      format version of this record, from 1
 *   3..6   fingerprint of the settings that shape it
 *   7..    body
 *   n-4..  CRC32C of all bytes before it
 * </pre>
 */
public final class Frame {
    static final byte OPEN = 'O';
    static final byte SERIES = 'S';
    public static final byte CLOCK = 'C';
    public static final byte FAILED = 'F';
    /** The record of a source partition's time, which the first operator keeps. */
    public static final byte SOURCE = 'T';

    /** The record of all that a fold in memory keeps. */
    public static final byte FOLD = 'A';

    static final int HEAD = 7;
    static final int TAIL = 4;
    private static final int VERSION = 1;
    private static final int CLOCK_VERSION = 2;

    private Frame() {}

    /** A buffer for a record with a body of that many bytes, standing at the body. */
    public static ByteBuffer begin(byte record, int fingerprint, int body) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + body + TAIL).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.put((byte) 'T').put(record).put((byte) version(record)).putInt(fingerprint);
    }

    /** Adds the checksum; the buffer stands where the body ends. */
    public static byte[] end(ByteBuffer bytes) {
        return bytes.putInt(checksum(bytes.array(), bytes.position())).array();
    }

    /**
     * The body of sound bytes of this shape, as a buffer that ends where the body does.
     *
     * @throws CorruptStateException if the bytes are damaged
     * @throws NewerFormatException if a newer version wrote them
     * @throws OtherShapeException if they were written under settings of another shape
     */
    public static ByteBuffer body(byte[] bytes, byte record, int fingerprint) {
        String what = name(record);
        if (bytes.length < HEAD + TAIL) {
            throw new CorruptStateException(what + " has only " + bytes.length + " bytes");
        }
        int end = bytes.length - TAIL;
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(end) != checksum(bytes, end)) {
            throw new CorruptStateException(what + " does not match its checksum");
        }
        if (bytes[0] != 'T' || bytes[1] != record || bytes[2] < 1) {
            throw new CorruptStateException("these bytes are no " + what);
        }
        if (bytes[2] > version(record)) {
            throw new NewerFormatException(what, bytes[2], version(record));
        }
        if (buffer.getInt(3) != fingerprint) {
            throw new OtherShapeException(what, buffer.getInt(3), fingerprint);
        }
        return buffer.position(HEAD).limit(end);
    }

    private static String name(byte record) {
        return switch (record) {
            case OPEN -> "open record";
            case SERIES -> "series record";
            case CLOCK -> "clock record";
            case FAILED -> "record of a failed key";
            case FOLD -> "state of a fold";
            default -> "record of a source's time";
        };
    }

    /** The format in which a record is written. */
    private static int version(byte record) {
        return record == CLOCK ? CLOCK_VERSION : VERSION;
    }

    /** The format in which sound bytes were written. */
    public static int versionOf(byte[] bytes) {
        return bytes[2];
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
