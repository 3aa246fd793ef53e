package dev.tidecast.forecast.model;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Weights;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A model as bytes, big-endian:
 *
 * <pre>
 *  0  'T' 'C' 'M' 'D'
 *  4  format: 1, or 2 if the model says what it was trained on
 *  5  0 0 0
 *  8  version: 12 hex digits in ASCII, the first of the SHA-256 of the content
 * 20  the content:
 *       length, and what it is for in UTF-8: lines of a word, a space and a value
 *       n, n floats: where the experts begin
 *       m, the network's fingerprint in 8 bytes and m floats, its weights; m = 0 if there is none
 *       where the pipeline tells keys apart (else no more): k, then for each kin, in the order of their names,
 *       length and name in UTF-8, n floats: where its experts begin, r and r floats: its road, 0 for none
 *  .  format 2 only: start of the first and end of the last bucket it was trained on in epoch ms, and the number of
 *       keys, 8 bytes each; no part of the content, so that the version names what is forecast with and nothing else
 *  .  CRC32C of all before it, 4 bytes; every format ends like this
 * </pre>
 *
 * A model does not depend on the buckets: it serves every pipeline with the same target, horizon, seasons and network.
 */
public final class ModelBytes {
    private static final int PLAIN = 1;
    static final int WITH_SPAN = 2;
    private static final int MAGIC = 0x54434D44;
    private static final int VERSION = 12;
    /** As long as every version is. */
    public static final String NO_VERSION = "0".repeat(VERSION);

    private static final int HEADER = 8 + VERSION;
    private static final int CHECKSUM = 4;

    private ModelBytes() {}

    /** A model that has learnt other weights and roads, and begins as it did before. */
    public static Model learnt(ModelShape shape, Model before, float[] weights, SortedMap<String, float[]> roads) {
        ForecastNet net = shape.net();
        if (net == null || net.network().weights() != weights.length) {
            throw new IllegalArgumentException("these weights are not of the pipeline's network");
        }
        Weights network = net.network().pack(weights);
        TreeSet<String> names = new TreeSet<>(roads.keySet());
        names.addAll(before.kin().keySet());
        SortedMap<String, Model> kin = new TreeMap<>();
        for (String name : names) {
            kin.put(name, new Model("", before.of(name).prior(), network, roads.get(name), new TreeMap<>()));
        }
        return read(shape, of(shape, new Model("", before.prior(), network, null, kin)));
    }

    /** A model from numbers: where the experts begin, and the flat weights of the network. */
    public static byte[] of(ModelShape shape, float[] prior, float @Nullable [] weights) {
        return weights == null
                ? of(shape, new Model("", prior, null))
                : of(shape, learnt(shape, new Model("", prior, null), weights, new TreeMap<>()));
    }

    /** A model as bytes; its version follows from what is in it. */
    public static byte[] of(ModelShape shape, Model model) {
        byte[] what = shape.text().getBytes(StandardCharsets.UTF_8);
        float[] prior = model.prior();
        float[] weights = model.network() == null ? null : model.network().flat();
        ForecastNet net = shape.net();
        byte[] kin = shape.settings().kinship().tellsApart() ? KinBytes.of(model.kin()) : new byte[0];
        int numbers = 4 + 4 * prior.length + 4 + (weights == null ? 0 : 8 + 4 * weights.length) + kin.length;
        TrainingSpan span = model.trained();
        int tail = (span == null ? 0 : TrainingSpan.BYTES) + CHECKSUM;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + 4 + what.length + numbers + tail);
        bytes.putInt(MAGIC).put((byte) (span == null ? PLAIN : WITH_SPAN)).position(HEADER);
        bytes.putInt(what.length).put(what);
        put(bytes.putInt(prior.length), prior);
        bytes.putInt(weights == null ? 0 : weights.length);
        if (weights != null && net != null) {
            put(bytes.putLong(net.network().fingerprint()), weights);
        }
        bytes.put(kin);
        bytes.put(8, version(bytes.array(), tail).getBytes(StandardCharsets.US_ASCII));
        if (span != null) {
            bytes.putLong(span.from()).putLong(span.until()).putLong(span.keys());
        }
        return bytes.putInt(checksum(bytes.array())).array();
    }

    /**
     * The model in these bytes, ready to run.
     *
     * @throws ModelException if they are damaged, of a newer version or for something else
     */
    public static Model read(ModelShape shape, byte[] array) {
        ByteBuffer bytes = ByteBuffer.wrap(array);
        check(array.length >= HEADER + CHECKSUM && bytes.getInt() == MAGIC, "this is not a model of Tidecast");
        check(bytes.getInt(array.length - CHECKSUM) == checksum(array), "the model is damaged: its checksum is wrong");
        int format = bytes.get();
        check(
                format == PLAIN || format == WITH_SPAN,
                "the model has format " + format + ", this version reads up to format " + WITH_SPAN
                        + ": start a newer Tidecast");
        int tail = (format == PLAIN ? 0 : TrainingSpan.BYTES) + CHECKSUM;
        check(array.length >= HEADER + tail, "the model is damaged: it ends early");
        String version = new String(array, 8, VERSION, StandardCharsets.US_ASCII);
        check(
                version.equals(version(array, tail)),
                "the model is damaged: its content is not that of version " + version);
        try {
            Model model = content(shape, version, bytes.slice(HEADER, array.length - HEADER - tail));
            return format == PLAIN ? model : model.withTrained(span(bytes.position(array.length - tail)));
        } catch (BufferUnderflowException e) {
            throw new ModelException("the model is damaged: it ends early");
        }
    }

    private static Model content(ModelShape shape, String version, ByteBuffer bytes) {
        byte[] what = new byte[bounded(bytes, bytes.getInt(), 1)];
        bytes.get(what);
        ModelShape.same(new String(what, StandardCharsets.UTF_8), shape.text());
        float[] prior = floats(bytes, bytes.getInt());
        check(
                prior.length == shape.priorSize(),
                "the model is for other experts: start the Tidecast that made it, or train again");
        Model shared = new Model(version, prior, network(shape, bytes));
        if (!shape.settings().kinship().tellsApart()) {
            return shared;
        }
        return new Model(version, prior, shared.network(), null, KinBytes.read(shared, shape.net(), bytes));
    }

    private static TrainingSpan span(ByteBuffer bytes) {
        try {
            return new TrainingSpan(bytes.getLong(), bytes.getLong(), bytes.getLong());
        } catch (IllegalArgumentException e) {
            throw new ModelException("the model is damaged: " + e.getMessage());
        }
    }

    private static @Nullable Weights network(ModelShape shape, ByteBuffer bytes) {
        int count = bytes.getInt();
        if (count == 0) {
            return null;
        }
        ForecastNet net = shape.net();
        if (net == null) {
            throw new ModelException("the model has a network, and the pipeline names none");
        }
        Network network = net.network();
        check(
                bytes.getLong() == network.fingerprint() && count == network.weights(),
                "the model's network is built otherwise: start the Tidecast that made it, or train again");
        return network.pack(floats(bytes, count));
    }

    static void put(ByteBuffer bytes, float[] numbers) {
        for (float number : numbers) {
            bytes.putFloat(number);
        }
    }

    static float[] floats(ByteBuffer bytes, int count) {
        float[] numbers = new float[bounded(bytes, count, 4)];
        for (int i = 0; i < count; i++) {
            numbers[i] = bytes.getFloat();
        }
        return numbers;
    }

    /** A length that is more than there is must not ask for memory. */
    static int bounded(ByteBuffer bytes, int count, int size) {
        check(count >= 0 && count <= bytes.remaining() / size, "the model is damaged: it ends early");
        return count;
    }

    /** Of the content alone. */
    private static String version(byte[] array, int tail) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(array, HEADER, array.length - HEADER - tail);
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK knows SHA-256", e);
        }
    }

    private static int checksum(byte[] array) {
        CRC32C crc = new CRC32C();
        crc.update(array, 0, array.length - CHECKSUM);
        return (int) crc.getValue();
    }

    static void check(boolean right, String otherwise) {
        if (!right) {
            throw new ModelException(otherwise);
        }
    }
}
