package dev.tidecast.demo;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words of the demo: what to look at, and how it went. */
public final class Introduction {
    private Introduction() {}

    /** What there is to look at, once everything is open. */
    public static String text(Stage stage) {
        StringBuilder text = new StringBuilder();
        text.append("\n  Tidecast: a shop and a market, replayed fast, every event answered by a forecast.\n\n");
        line(text, "look at", stage.url() + "/   truth, median and band of any series");
        line(text, "ask", stage.url() + "/v1/forecasts/store=1/sku=A-01?pipeline=demand");
        line(text, "measure", stage.url() + "/metrics, /health/ready, /v1/status");
        for (Show show : stage.shows()) {
            Pipeline p = show.pipeline();
            line(
                    text,
                    "consume",
                    String.format(
                            Locale.ROOT,
                            "%-15s on %s: %d steps of %s (topology/%s.yaml)",
                            p.topic(Kind.FORECASTS),
                            stage.brokers(),
                            p.horizon(),
                            p.buckets().text(),
                            p.name()));
        }
        text.append(
                        "\n  error: share of the truth the medians miss, over all steps ahead; naive: our error over that of the")
                .append("\n  seasonal naive, below 1 is better; in band: truths within p10-p90, 80 % is right.\n")
                .append("  Ctrl-C ends it and leaves nothing behind.\n\n");
        return text.toString();
    }

    /** The summary for people. */
    public static String end(Map<String, Object> summary) {
        StringBuilder text = new StringBuilder("\n");
        text.append("  first forecast after ")
                .append(summary.get("first_forecast_seconds"))
                .append(" s\n");
        if (summary.get("faults") instanceof List<?> faults && !faults.isEmpty()) {
            faults.forEach(fault -> text.append("  FAULT: ").append(fault).append('\n'));
        } else {
            text.append("  every event is accounted for: answered by one forecast or one dead letter\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String verb, String what) {
        text.append(String.format(Locale.ROOT, "  %-9s %s%n", verb, what));
    }
}
