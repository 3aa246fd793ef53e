package dev.tidecast.serve;

import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as a pipeline writes them, for tests. */
public final class Records {
    private Records() {}

    public static Pipeline pipeline(String name) {
        String yaml = "pipeline: " + name + "\nsources:\n  s: {topic: in, key: record, value: /v}\n"
                + "bucket: {size: P1D}\nhorizon: 2\n";
        return PipelineReader.read(name + ".yaml", bytes(yaml), variable -> null, Path.of("."));
    }

    /** A forecast caused by the record at this offset of partition 0 of the topic {@code in}. */
    public static ConsumerRecord<byte[], byte[]> forecast(String key, long offset, String trigger) {
        return forecast(key, offset, trigger, "ready", "");
    }

    /** The same in this state, and out of date. */
    static ConsumerRecord<byte[], byte[]> stale(String key, String state) {
        return forecast(key, 0, "close", state, "\"stale\":true,");
    }

    /** A forecast in this state. */
    static ConsumerRecord<byte[], byte[]> inState(String key, String state) {
        return forecast(key, 0, "event", state, "");
    }

    private static ConsumerRecord<byte[], byte[]> forecast(
            String key, long offset, String trigger, String state, String stale) {
        String json = "{\"key\":\"" + key + "\",\"pipeline\":\"demand\",\"issued_at\":\"2026-01-01T00:00:00Z\","
                + "\"partial\":true,\"trigger\":\"" + trigger + "\",\"step\":\"P1D\",\"horizon\":2,"
                + "\"mix\":{\"persistence\":1},\"source\":{\"topic\":\"in\",\"partition\":0,\"offset\":" + offset
                + "},\"quality\":{\"state\":\"" + state + "\",\"observed\":41,\"missing_ratio\":0}," + stale
                + "\"steps\":[{\"h\":1,\"p10\":1,\"p50\":2,\"p90\":3,\"mean\":2}]}";
        return new ConsumerRecord<>("demand.forecasts", 0, 0, bytes(key), bytes(json));
    }

    /** An outcome that was forecast as 3, {@code median}, 15, and missed by 4 by the seasonal naive. */
    public static ConsumerRecord<byte[], byte[]> accuracy(String key, String ts, double actual, double median) {
        String json = "{\"key\":\"" + key + "\",\"pipeline\":\"demand\",\"ts\":\"" + ts + "\",\"actual\":" + actual
                + ",\"step\":\"P1D\",\"scores\":[{\"h\":1,\"origin\":\"" + ts + "\",\"p10\":3,\"p50\":" + median
                + ",\"p90\":15,\"abs_err\":" + Math.abs(actual - median)
                + ",\"pinball\":0.5,\"covered\":true,\"model_version\":\"experts\","
                + "\"baseline_abs_err\":{\"persistence\":5,\"seasonal_naive\":4}}]}";
        return new ConsumerRecord<>("demand.accuracy", 0, 0, bytes(key), bytes(json));
    }

    /** A dead letter of the record at this offset of partition 0 of the topic {@code in}. */
    public static ConsumerRecord<byte[], byte[]> letter(String reason, long offset) {
        ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("demand.dlq", 0, 0, bytes("k"), bytes("{"));
        letter.headers().add("tidecast-reason", bytes(reason));
        letter.headers().add("__streams.errors.topic", bytes("in"));
        letter.headers().add("__streams.errors.partition", bytes("0"));
        letter.headers().add("__streams.errors.offset", bytes(Long.toString(offset)));
        return letter;
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
