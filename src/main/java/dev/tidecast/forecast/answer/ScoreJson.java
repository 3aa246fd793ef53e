package dev.tidecast.forecast.answer;

import dev.tidecast.text.JsonBytes;

/** A score as the JSON of topic accuracy. */
public final class ScoreJson {
    private static final ThreadLocal<JsonBytes> JSON = ThreadLocal.withInitial(JsonBytes::new);

    private ScoreJson() {}

    public static byte[] write(Score s) {
        JsonBytes json = JSON.get().clear();
        json.raw("{\"key\":").text(s.key()).raw(",\"pipeline\":").text(s.pipeline());
        json.raw(",\"ts\":").instant(s.ts()).raw(",\"actual\":").number(s.actual());
        json.raw(",\"step\":").text(s.subject().step()).raw(",\"issued_at\":").instant(s.issuedAt());
        ForecastJson.source(json, s.source());
        json.raw(",\"scores\":[");
        for (int i = 0; i < s.matured().size(); i++) {
            json.raw(i == 0 ? "" : ",");
            matured(json, s.matured().get(i));
        }
        return json.raw("]}").toBytes();
    }

    private static void matured(JsonBytes json, Score.Matured m) {
        json.raw("{\"h\":").number((long) m.h());
        if (m.origin() != Score.Issued.NO_ORIGIN) {
            json.raw(",\"origin\":").instant(m.origin());
        }
        byte[][] fields = QuantileNames.fields(m.issued().levels());
        for (int i = 0; i < fields.length; i++) {
            json.raw(fields[i]).number(m.quantiles()[i]);
        }
        json.raw(",\"abs_err\":")
                .number(m.absoluteError())
                .raw(",\"pinball\":")
                .number(m.errors().pinball());
        json.raw(m.covered() ? ",\"covered\":true" : ",\"covered\":false");
        json.raw(",\"model_version\":").text(m.modelVersion());
        json.raw(",\"baseline_abs_err\":{\"persistence\":").number(m.persistence());
        json.raw(",\"seasonal_naive\":").number(m.seasonalNaive()).raw("}}");
    }
}
