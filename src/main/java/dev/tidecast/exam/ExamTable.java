package dev.tidecast.exam;

import dev.tidecast.backtest.ScoreTable;
import dev.tidecast.backtest.Scoreboard;
import dev.tidecast.text.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The outcomes of an exam beside what is published: ours as the mean over seeds with their spread (the largest less the
 * smallest), the experts and the data's own baselines of the first seed, then the published rows.
 */
public final class ExamTable {
    private final Exam exam;
    private final List<Exam.Outcome> outcomes;
    private final List<String> columns;

    private record Row(String name, String source, double[] figures) {}

    public ExamTable(Exam exam, List<Exam.Outcome> outcomes) {
        this.exam = exam;
        this.outcomes = List.copyOf(outcomes);
        this.columns = outcomes.get(0).marks().columns();
    }

    private double[] mean() {
        double[] mean = new double[columns.size()];
        for (Exam.Outcome outcome : outcomes) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += outcome.marks().ours()[i] / outcomes.size();
            }
        }
        return mean;
    }

    private double[] spread() {
        double[] spread = new double[columns.size()];
        for (int i = 0; i < spread.length; i++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (Exam.Outcome outcome : outcomes) {
                low = Math.min(low, outcome.marks().ours()[i]);
                high = Math.max(high, outcome.marks().ours()[i]);
            }
            spread[i] = high - low;
        }
        return spread;
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row(Scoreboard.OURS, "here, mean of " + outcomes.size() + " seeds", mean()));
        if (outcomes.size() > 1) {
            rows.add(new Row("  spread over seeds", "here", spread()));
        }
        frozen(rows);
        outcomes.get(0).marks().rows().forEach((name, figures) -> {
            if (!name.equals(Scoreboard.OURS)) {
                String source = name.startsWith("the data: ") ? "here, scorer alone" : "here, expert";
                rows.add(new Row("  " + name.replace("the data: ", ""), source, figures));
            }
        });
        for (Published published : Published.of(exam.name())) {
            double[] figures = new double[columns.size()];
            for (int i = 0; i < figures.length; i++) {
                figures[i] = published.figures().getOrDefault(columns.get(i), Double.NaN);
            }
            rows.add(new Row(published.method(), published.source(), figures));
        }
        return rows;
    }

    /** The same weights, learning no more: what going on is worth. */
    private void frozen(List<Row> rows) {
        double[] mean = new double[columns.size()];
        double[] network = new double[columns.size()];
        for (Exam.Outcome outcome : outcomes) {
            Marks frozen = outcome.frozen();
            if (frozen == null) {
                return;
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] += frozen.ours()[i] / outcomes.size();
                network[i] += frozen.of("network")[i] / outcomes.size();
            }
        }
        rows.add(new Row("  weights frozen", "here, mean of " + outcomes.size() + " seeds", mean));
        rows.add(new Row("  network alone, weights frozen", "here, expert", network));
    }

    private double seconds(boolean training) {
        double sum = 0;
        for (Exam.Outcome outcome : outcomes) {
            sum += training ? outcome.trainSeconds() : outcome.streamSeconds();
        }
        return sum / outcomes.size();
    }

    private String times() {
        return String.format(
                Locale.ROOT,
                "%s: %s s training, %s s streaming, %,d forecasts",
                outcomes.size() == 1 ? "One seed" : outcomes.size() + " seeds, each",
                ScoreTable.number(Math.rint(seconds(true) * 10) / 10),
                ScoreTable.number(Math.rint(seconds(false) * 10) / 10),
                outcomes.get(0).forecasts());
    }

    /** Columns for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(exam.name()).append(" (").append(exam.protocol()).append(")\n");
        text.append(String.format(Locale.ROOT, "%-42s", ""));
        columns.forEach(c -> text.append(String.format(Locale.ROOT, "%12s", c)));
        text.append('\n');
        for (Row row : rows()) {
            text.append(String.format(Locale.ROOT, "%-42s", row.name));
            for (double figure : row.figures) {
                text.append(String.format(Locale.ROOT, "%12s", ScoreTable.number(figure)));
            }
            text.append("  ").append(row.source).append('\n');
        }
        return text.append(times()).append("\n\n").toString();
    }

    /** A table for a page. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("### ")
                .append(exam.name())
                .append(" (")
                .append(exam.protocol())
                .append(")\n\n| |");
        columns.forEach(c -> text.append(' ').append(c).append(" |"));
        text.append(" source |\n|---|")
                .append("---|".repeat(columns.size() + 1))
                .append('\n');
        for (Row row : rows()) {
            boolean ours = row.name.equals(Scoreboard.OURS);
            text.append("| ").append(ours ? "**tidecast**" : row.name.strip()).append(" |");
            for (double figure : row.figures) {
                String number = ScoreTable.number(figure).replace("-", Double.isNaN(figure) ? "" : "-");
                text.append(' ').append(ours ? "**" + number + "**" : number).append(" |");
            }
            text.append(' ').append(row.source).append(" |\n");
        }
        return text.append('\n').append(times()).append(".\n\n").toString();
    }

    /** All exams as one object. */
    public static String json(List<ExamTable> tables, List<String> missing) {
        JsonBytes json = new JsonBytes().raw("{\"exams\":[");
        for (int i = 0; i < tables.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            tables.get(i).write(json);
        }
        json.raw("],\"missing\":[");
        for (int i = 0; i < missing.size(); i++) {
            json.raw(i == 0 ? "" : ",").text(missing.get(i));
        }
        return new String(json.raw("]}").toBytes(), StandardCharsets.UTF_8);
    }

    private void write(JsonBytes json) {
        json.raw("{\"exam\":").text(exam.name()).raw(",\"protocol\":").text(exam.protocol());
        json.raw(",\"seeds\":[");
        for (int i = 0; i < outcomes.size(); i++) {
            Exam.Outcome outcome = outcomes.get(i);
            json.raw(i == 0 ? "{" : ",{").raw("\"seed\":").number(outcome.seed());
            json.raw(",\"train_seconds\":").number(outcome.trainSeconds());
            json.raw(",\"stream_seconds\":").number(outcome.streamSeconds());
            json.raw(",\"ours\":");
            figures(json, outcome.marks().ours());
            Marks frozen = outcome.frozen();
            if (frozen != null) {
                json.raw(",\"frozen\":");
                figures(json, frozen.ours());
            }
            json.raw("}");
        }
        json.raw("],\"rows\":[");
        List<Row> rows = rows();
        for (int i = 0; i < rows.size(); i++) {
            json.raw(i == 0 ? "{" : ",{").raw("\"name\":").text(rows.get(i).name.strip());
            json.raw(",\"source\":").text(rows.get(i).source).raw(",\"figures\":");
            figures(json, rows.get(i).figures);
            json.raw("}");
        }
        json.raw("]}");
    }

    private void figures(JsonBytes json, double[] figures) {
        Map<String, Double> known = new LinkedHashMap<>();
        for (int i = 0; i < figures.length; i++) {
            if (!Double.isNaN(figures[i])) {
                known.put(columns.get(i), figures[i]);
            }
        }
        json.raw("{");
        boolean more = false;
        for (Map.Entry<String, Double> figure : known.entrySet()) {
            json.raw(more ? "," : "").text(figure.getKey()).raw(":").number(figure.getValue());
            more = true;
        }
        json.raw("}");
    }
}
