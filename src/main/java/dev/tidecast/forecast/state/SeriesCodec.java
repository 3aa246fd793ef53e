package dev.tidecast.forecast.state;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The `series` record of a key, little-endian, inside a {@link Frame}:
 *
 * <pre>
 *   i64     first bucket not closed (without buckets: steps so far)
 *   i64     event time of the last step (without buckets), else 0
 *   i32     closed steps
 *   i32     closed steps that count as observed
 *   3 × f32 lowest, middle, highest shown level of the waiting forecasts
 *   u8      model versions, each: i64 first origin, u8 length, UTF-8
 *   bits    one per place of the ring: filled in, not observed
 *   f32 ... the numbers, where {@link Layout} says
 *   f64 ... those of the autoregression, if there is one, then the effects of what is known in advance
 * </pre>
 *
 * In bytes, as {@code ./tidecast plan} prints them: daily counts with horizon 28 and season 7; hourly amounts with horizon 48 and
 * seasons 24 and 168; both with an LSTM of 40 units:
 *
 * <pre>
 *   last value                          4        4
 *   level and scale                    16       20
 *   usual errors                       40      108
 *   calibration                       108      108
 *   smoothing                          36      104
 *   intermittent                        8        8
 *   mix                                84       84
 *   residuals                          64       64
 *   network                           320      320
 *   last values                       228      964
 *   forecasts that wait             1,116    1,836
 *   autoregression                      -      624
 *   flags of the last values            8       31
 *   header, model version, checksum    69       69
 *   in all                          2,101    4,344
 * </pre>
 */
public final class SeriesCodec {
    private static final int FIXED = 8 + 8 + 4 + 4 + 4 * SeriesState.LEVELS + 1;

    private final Layout layout;
    private final int fingerprint;
    /** Record after record names the same models since the same origin: they need not be decoded again. */
    private Read last = new Read(0, new byte[0], Versions.NONE);

    private record Read(int count, byte[] bytes, Versions versions) {}

    public SeriesCodec(Layout layout, int fingerprint) {
        this.layout = layout;
        this.fingerprint = fingerprint;
    }

    public byte[] write(SeriesState s) {
        List<byte[]> names = new ArrayList<>();
        int size = FIXED + s.flags().length + 4 * s.numbers().length + 8 * s.doubles().length;
        for (Versions.Since since : s.versions().entries()) {
            byte[] name = since.version().getBytes(StandardCharsets.UTF_8);
            names.add(name);
            size += 9 + name.length;
        }
        ByteBuffer bytes = Frame.begin(Frame.SERIES, fingerprint, size);
        SeriesState.Position at = s.position();
        bytes.putLong(at.next()).putLong(at.time()).putInt(at.closed()).putInt(at.observed());
        for (float level : s.levels()) {
            bytes.putFloat(level);
        }
        bytes.put((byte) names.size());
        for (int i = 0; i < names.size(); i++) {
            bytes.putLong(s.versions().entries().get(i).origin());
            bytes.put((byte) names.get(i).length).put(names.get(i));
        }
        bytes.put(s.flags());
        bytes.asFloatBuffer().put(s.numbers());
        bytes.position(bytes.position() + 4 * s.numbers().length);
        bytes.asDoubleBuffer().put(s.doubles());
        return Frame.end(bytes.position(bytes.position() + 8 * s.doubles().length));
    }

    /** What these bytes hold. */
    public SeriesState read(byte[] bytes) {
        return read(bytes, SeriesState.birth(layout, 0, new float[SeriesState.LEVELS]));
    }

    /** The same in the arrays of another state, which is lost. */
    public SeriesState read(byte[] bytes, SeriesState room) {
        ByteBuffer body = Frame.body(bytes, Frame.SERIES, fingerprint);
        try {
            return read(body, room);
        } catch (BufferUnderflowException e) {
            throw new CorruptStateException("series record ends early");
        }
    }

    private SeriesState read(ByteBuffer body, SeriesState room) {
        SeriesState.Position position =
                new SeriesState.Position(body.getLong(), body.getLong(), body.getInt(), body.getInt());
        float[] levels = room.levels();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = body.getFloat();
        }
        Versions versions = versions(body);
        byte[] flags = room.flags();
        body.get(flags);
        float[] numbers = room.numbers();
        double[] doubles = room.doubles();
        int expected = 4 * numbers.length + 8 * doubles.length;
        if (body.remaining() != expected) {
            throw new CorruptStateException(
                    "series record has " + body.remaining() + " bytes of numbers, not " + expected);
        }
        body.asFloatBuffer().get(numbers);
        body.position(body.position() + 4 * numbers.length);
        body.asDoubleBuffer().get(doubles);
        return new SeriesState(position, versions, numbers, doubles, flags, levels);
    }

    private Versions versions(ByteBuffer body) {
        int count = body.get() & 0xFF;
        int from = body.position();
        for (int left = count; left > 0; left--) {
            body.getLong();
            skip(body, body.get() & 0xFF);
        }
        Read known = last;
        if (known.count == count && sameBytes(known.bytes, body, from)) {
            return known.versions;
        }
        byte[] bytes = new byte[body.position() - from];
        body.position(from).get(bytes);
        Read read = new Read(count, bytes, decoded(count, ByteBuffer.wrap(bytes).order(body.order())));
        last = read;
        return read.versions;
    }

    private static void skip(ByteBuffer body, int count) {
        if (count > body.remaining()) {
            throw new BufferUnderflowException();
        }
        body.position(body.position() + count);
    }

    private static boolean sameBytes(byte[] bytes, ByteBuffer body, int from) {
        if (bytes.length != body.position() - from) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != body.get(from + i)) {
                return false;
            }
        }
        return true;
    }

    private static Versions decoded(int count, ByteBuffer body) {
        List<Versions.Since> entries = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            long origin = body.getLong();
            byte[] name = new byte[body.get() & 0xFF];
            body.get(name);
            entries.add(new Versions.Since(origin, new String(name, StandardCharsets.UTF_8)));
        }
        return new Versions(List.copyOf(entries));
    }
}
