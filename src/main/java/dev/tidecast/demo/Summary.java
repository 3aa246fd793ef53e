package dev.tidecast.demo;

import dev.tidecast.serve.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the demo has to say at its end, for a program. */
public final class Summary {
    private Summary() {}

    /**
     * The fields of the summary in their order.
     *
     * @param begun when the JVM started
     * @param version of the program
     */
    public static Map<String, Object> of(Stage stage, Instant begun, String version, List<String> faults) {
        List<Show> shows = stage.shows();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ok", faults.isEmpty());
        all.put("version", version);
        all.put("seconds", round(seconds(begun, Instant.now()), 1));
        all.put("first_forecast_seconds", firstForecast(shows, begun));
        all.put("faults", faults);
        all.put("pipelines", shows.stream().map(Summary::pipeline).toList());
        return all;
    }

    /** Seconds until every pipeline had made its first forecast, and a consumer had read it. */
    private static double firstForecast(List<Show> shows, Instant begun) {
        double latest = 0;
        for (Show show : shows) {
            Instant first = show.ledger().firstAnswer();
            latest = Math.max(latest, first == null ? Double.NaN : seconds(begun, first));
        }
        return round(latest, 2);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Map<String, Object> pipeline(Show show) {
        Tally scores = show.board().allScores();
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("pipeline", show.pipeline().name());
        one.put("events", show.sent());
        one.put("answered_by_forecast", show.ledger().answers());
        one.put("forecasts", show.board().forecasts());
        one.put("dead_letters", show.ledger().reasons());
        one.put("series", show.board().size());
        one.put("scores", scores.scores());
        one.put("error", error(scores));
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Tally tally : show.board().tallies()) {
            Map<String, Object> step = new LinkedHashMap<>();
            step.put("h", tally.h());
            step.put("scores", tally.scores());
            step.putAll(error(tally));
            step.put("coverage", round(tally.coverage(), 4));
            steps.add(step);
        }
        one.put("error_by_step", steps);
        one.put("coverage", round(scores.coverage(), 4));
        return one;
    }

    private static Map<String, Object> error(Tally tally) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("wape", round(tally.wape(), 5));
        error.put("against_seasonal_naive", round(tally.againstNaive(), 4));
        return error;
    }

    private static double round(double value, int digits) {
        double unit = Math.pow(10, digits);
        return Double.isFinite(value) ? Math.round(value * unit) / unit : Double.NaN;
    }
}
