package dev.tidecast.stream;

import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Arrival} as bytes in the repartition topic, big-endian:
 *
 * <pre>
 *   0   u8   magic 'O'
 *   1   u8   format version, 2
 *   2   u8   flags: 1 original record follows, 2 it has a key, 4 it has a value, 8 the value is censored,
 *            16 the record was live (from format 2 on)
 *   3   i64  event time
 *   11  f64  value
 *   19  i64  largest event time of the source partition so far
 *   27  i32  source partition
 *   31  i64  source offset
 *   39  i64  source timestamp
 *   47  u16  length of the source topic, then its bytes in UTF-8
 *       u16  length of the key, then its bytes in UTF-8
 *      [i32  length of the original key, then its bytes]      flag 2
 *      [i32  length of the original value, then its bytes]    flag 4
 * </pre>
 *
 * Any other bytes are a {@link SerializationException}; a newer version says so.
 */
final class ArrivalSerde implements Serde<Arrival> {
    private static final byte MAGIC = 'O';
    private static final byte VERSION = 2;
    private static final int FIXED = 47;
    private static final int ORIGINAL = 1;
    private static final int HAS_KEY = 2;
    private static final int HAS_VALUE = 4;
    private static final int CENSORED = 8;
    private static final int LIVE = 16;
    private static final int ALL = ORIGINAL | HAS_KEY | HAS_VALUE | CENSORED | LIVE;

    private final boolean keepsOriginal;

    /** Whether key and value of the original record are written too. */
    ArrivalSerde(boolean keepsOriginal) {
        this.keepsOriginal = keepsOriginal;
    }

    @Override
    public Serializer<Arrival> serializer() {
        return (topic, arrival) -> write(arrival);
    }

    @Override
    public Deserializer<Arrival> deserializer() {
        return (topic, bytes) -> read(bytes);
    }

    /** The bytes were written by a newer version, which must not be taken for damage. */
    static final class NewerArrivalException extends SerializationException {
        private static final long serialVersionUID = 1L;

        NewerArrivalException(int found) {
            super("the repartition topic holds format " + found + ", this version reads up to " + VERSION
                    + ": start a newer Tidecast");
        }
    }

    byte[] write(Arrival arrival) {
        Observation o = arrival.observation();
        byte[] topic = o.source().topic().getBytes(StandardCharsets.UTF_8);
        byte[] key = o.key().getBytes(StandardCharsets.UTF_8);
        byte[] originalKey = keepsOriginal ? arrival.key() : null;
        byte[] originalValue = keepsOriginal ? arrival.value() : null;
        int size = FIXED + 2 + topic.length + 2 + key.length + size(originalKey) + size(originalValue);
        ByteBuffer out = ByteBuffer.allocate(size);
        int flags = (keepsOriginal ? ORIGINAL : 0)
                | (originalKey == null ? 0 : HAS_KEY)
                | (originalValue == null ? 0 : HAS_VALUE)
                | (o.censored() ? CENSORED : 0)
                | (o.live() ? LIVE : 0);
        out.put(MAGIC).put(VERSION).put((byte) flags);
        out.putLong(o.time()).putDouble(o.value()).putLong(o.sourceTime());
        out.putInt(o.source().partition())
                .putLong(o.source().offset())
                .putLong(o.source().timestamp());
        out.putShort((short) topic.length).put(topic);
        out.putShort((short) key.length).put(key);
        put(out, originalKey);
        put(out, originalValue);
        return out.array();
    }

    Arrival read(byte @Nullable [] bytes) {
        if (bytes == null) {
            throw new SerializationException("not an observation: no bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            Arrival arrival = read(in);
            if (in.hasRemaining()) {
                throw new SerializationException("not an observation: " + in.remaining() + " bytes too many");
            }
            return arrival;
        } catch (BufferUnderflowException e) {
            throw new SerializationException("not an observation: ends after " + bytes.length + " bytes", e);
        } catch (CharacterCodingException e) {
            throw new SerializationException("not an observation: a text that is not UTF-8", e);
        }
    }

    private static Arrival read(ByteBuffer in) throws CharacterCodingException {
        byte magic = in.get();
        int version = in.get() & 0xFF;
        if (magic != MAGIC) {
            throw new SerializationException("not an observation: begins with " + magic);
        }
        if (version > VERSION) {
            throw new NewerArrivalException(version);
        }
        int flags = in.get();
        boolean known = (flags & ~(version == 1 ? ALL & ~LIVE : ALL)) == 0
                && ((flags & ORIGINAL) != 0 || (flags & (HAS_KEY | HAS_VALUE)) == 0);
        if (version < 1 || !known) {
            throw new SerializationException("not an observation: version " + version + ", flags " + flags);
        }
        long time = in.getLong();
        double value = in.getDouble();
        long sourceTime = in.getLong();
        int partition = in.getInt();
        long offset = in.getLong();
        long timestamp = in.getLong();
        String topic = text(in);
        String key = text(in);
        Source source = new Source(topic, partition, offset, timestamp);
        byte[] originalKey = (flags & HAS_KEY) == 0 ? null : bytes(in, in.getInt());
        byte[] originalValue = (flags & HAS_VALUE) == 0 ? null : bytes(in, in.getInt());
        Observation.Delivery delivery = new Observation.Delivery(source, sourceTime, (flags & LIVE) != 0);
        Observation o = new Observation(key, time, value, (flags & CENSORED) != 0, delivery);
        return new Arrival(o, originalKey, originalValue);
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        byte[] utf8 = bytes(in, in.getShort() & 0xFFFF);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        // Checked before anything is allocated: a damaged length must not ask for gigabytes.
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : 4 + bytes.length;
    }

    private static void put(ByteBuffer out, byte @Nullable [] bytes) {
        if (bytes != null) {
            out.putInt(bytes.length).put(bytes);
        }
    }
}
