package dev.tidecast.forecast.answer;

import dev.tidecast.series.Source;
import dev.tidecast.text.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A forecast as the JSON of topic forecasts. Quantiles of counts are rounded here and nowhere else. */
public final class ForecastJson {
    private static final int KNOWN = 16;
    private static final ThreadLocal<Desk> DESK = ThreadLocal.withInitial(Desk::new);
    private static final byte[] MEAN = ascii(",\"mean\":");

    /** What a thread reuses: bytes that are cleared before use, the names of the levels it wrote last, and how steps begin. */
    private static final class Desk {
        final JsonBytes json = new JsonBytes();
        final Beginnings[] known = new Beginnings[KNOWN];
        double[] levels = {};
        byte[][] fields = {};

        byte[][] fields(double[] shown) {
            if (!Arrays.equals(shown, levels)) {
                levels = shown.clone();
                fields = QuantileNames.fields(shown);
            }
            return fields;
        }

        /** How each step of a forecast begins; forecasts of the same origin share their starts. */
        byte[][] beginnings(Forecast f) {
            long[] starts = f.starts();
            int place = starts == null ? 0 : (int) Math.floorMod(starts[0] / 1000 * 0x9E3779B97F4A7C15L, (long) KNOWN);
            Beginnings own = known[place];
            if (own == null || own.texts.length != f.horizon() || !Arrays.equals(own.starts, starts)) {
                own = new Beginnings(starts, beginnings(starts, f.horizon()));
                known[place] = own;
            }
            return own.texts;
        }

        /** {"h":1,"ts":"2026-01-01T00:00:00Z", and from the second on with a comma before it. */
        private static byte[][] beginnings(long @Nullable [] starts, int horizon) {
            byte[][] texts = new byte[horizon][];
            for (int h = 1; h <= horizon; h++) {
                JsonBytes text =
                        new JsonBytes().raw(h == 1 ? "{\"h\":" : ",{\"h\":").number((long) h);
                texts[h - 1] = starts == null
                        ? text.toBytes()
                        : text.raw(",\"ts\":").instant(starts[h - 1]).toBytes();
            }
            return texts;
        }
    }

    private record Beginnings(long @Nullable [] starts, byte[][] texts) {}

    private ForecastJson() {}

    public static byte[] write(Forecast f) {
        Desk desk = DESK.get();
        JsonBytes json = desk.json.clear();
        json.raw("{\"key\":").text(f.key()).raw(",\"pipeline\":").text(f.pipeline());
        json.raw(",\"issued_at\":").instant(f.issuedAt()).raw(",\"origin\":").instant(f.origin());
        json.raw(f.partial() ? ",\"partial\":true" : ",\"partial\":false");
        json.raw(f.stale() ? ",\"stale\":true" : "");
        json.raw(f.trigger() == Trigger.EVENT ? ",\"trigger\":\"event\"" : ",\"trigger\":\"close\"");
        json.raw(",\"step\":").text(f.step()).raw(",\"horizon\":").number((long) f.horizon());
        json.raw(",\"model_version\":").text(f.modelVersion());
        mix(json, f.mix());
        source(json, f.source());
        json.raw(",\"quality\":{\"state\":\"").raw(f.quality().state().word());
        json.raw("\",\"observed\":").number(f.quality().observed());
        json.raw(",\"missing_ratio\":").number(f.quality().missingRatio()).raw("},\"steps\":[");
        steps(json, f, desk.beginnings(f), desk.fields(f.levels()));
        return json.raw("]}").toBytes();
    }

    /** The experts that have a say. */
    private static void mix(JsonBytes json, Mix mix) {
        String before = ",\"mix\":{\"";
        for (int i = 0; i < mix.weights().length; i++) {
            if (mix.weights()[i] > 0) {
                json.raw(before).raw(mix.names().get(i)).raw("\":").number(mix.weights()[i]);
                before = ",\"";
            }
        }
        json.raw("}");
    }

    static void source(JsonBytes json, Source source) {
        json.raw(",\"source\":{\"topic\":").text(source.topic());
        json.raw(",\"partition\":").number((long) source.partition());
        json.raw(",\"offset\":").number(source.offset()).raw("}");
    }

    private static void steps(JsonBytes json, Forecast f, byte[][] beginnings, byte[][] fields) {
        float[] quantiles = f.quantiles();
        int at = 0;
        double total = 0;
        for (int h = 1; h <= f.horizon(); h++) {
            json.raw(beginnings[h - 1]);
            for (byte[] field : fields) {
                json.raw(field);
                double q = quantiles[at++];
                json.number(f.whole() ? Math.rint(q) : q);
            }
            json.raw(MEAN).number(f.mean(h));
            if (f.totals() != null) {
                total += f.mean(h);
                total(json, f, h, fields, total);
            }
            json.raw("}");
        }
    }

    private static void total(JsonBytes json, Forecast f, int h, byte[][] fields, double mean) {
        float[] totals = Objects.requireNonNull(f.totals());
        int at = (h - 1) * fields.length;
        json.raw(",\"total\":{\"mean\":").number(mean);
        for (int i = 0; i < fields.length; i++) {
            json.raw(fields[i]).number(f.whole() ? Math.rint(totals[at + i]) : totals[at + i]);
        }
        json.raw("}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
