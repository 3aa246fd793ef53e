package dev.tidecast.forecast.model;

import dev.tidecast.nn.Weights;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What keys that are kin share, as the last part of a model, big-endian: k, then for each kin, in the order of their names,
 *
 * <pre>
 *   length and name in UTF-8
 *   n, n floats: where its experts begin
 *   r, r floats: its road beside the highway; r = 0 for none
 * </pre>
 */
final class KinBytes {
    private KinBytes() {}

    static byte[] of(SortedMap<String, Model> kin) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(ByteBuffer.allocate(4).putInt(kin.size()).array());
        kin.forEach((name, model) -> {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            float[] road = model.road() == null ? new float[0] : model.road();
            ByteBuffer one = ByteBuffer.allocate(12 + text.length + 4 * model.prior().length + 4 * road.length);
            one.putInt(text.length).put(text);
            ModelBytes.put(one.putInt(model.prior().length), model.prior());
            ModelBytes.put(one.putInt(road.length), road);
            all.writeBytes(one.array());
        });
        return all.toByteArray();
    }

    /** The same model as each kin sees it, from what is left of the bytes. */
    static SortedMap<String, Model> read(Model shared, @Nullable ForecastNet net, ByteBuffer bytes) {
        SortedMap<String, Model> kin = new TreeMap<>();
        int count = ModelBytes.bounded(bytes, bytes.getInt(), 12);
        for (int k = 0; k < count; k++) {
            byte[] name = new byte[ModelBytes.bounded(bytes, bytes.getInt(), 1)];
            bytes.get(name);
            float[] prior = ModelBytes.floats(bytes, bytes.getInt());
            float[] road = ModelBytes.floats(bytes, bytes.getInt());
            ModelBytes.check(prior.length == shared.prior().length, "the model is damaged: a kin has another prior");
            ModelBytes.check(
                    road.length == 0 || net != null && road.length == (net.inputs() + 1) * net.horizon(),
                    "the model is damaged: a road of another network");
            Weights network = shared.network();
            float[] own = road.length == 0 ? null : road;
            kin.put(
                    new String(name, StandardCharsets.UTF_8),
                    new Model(shared.version(), prior, network, own, new TreeMap<>()));
        }
        return kin;
    }
}
