package dev.tidecast.backtest;

import dev.tidecast.text.JsonBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * The report of a backtest: one file that loads nothing, the figures as JSON inside it, drawn by the page itself. The same
 * backtest writes the same bytes.
 */
public final class Report {
    private static final int MOST_BARS = 400;
    private static final int SHOWN_KEYS = 20;
    private static final String PLACE = "/*DATA*/";

    private final Title title;
    private final Scope scope;
    private final Scoreboard board;
    private final Gallery gallery;
    private final JsonBytes json = new JsonBytes();

    /** What was run. */
    public record Title(String pipeline, String data, String step, int horizon, String model, Counts counts) {}

    /**
     * How much was read and forecast.
     *
     * @param late how many of the rows came after their bucket had closed
     */
    public record Counts(long rows, long late, int keys, long forecasts) {}

    public Report(Title title, Scope scope, Scoreboard board, Gallery gallery) {
        this.title = title;
        this.scope = scope;
        this.board = board;
        this.gallery = gallery;
    }

    /** Writes the page. */
    public void write(Path file) {
        try {
            Files.writeString(file, page());
        } catch (IOException e) {
            throw new DataException(file + ": the report cannot be written (" + e.getMessage() + ")", e);
        }
    }

    String page() {
        try (InputStream in = Report.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("there is no report.html");
            }
            String page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            // A key may hold anything, and "</" would end the element that the data stands in.
            return page.replace(PLACE, data().replace("</", "<\\/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String data() {
        json.clear()
                .raw("{\"pipeline\":")
                .text(title.pipeline)
                .raw(",\"data\":")
                .text(title.data);
        json.raw(",\"step\":").text(title.step).raw(",\"horizon\":").number((long) title.horizon);
        json.raw(",\"rows\":").number(title.counts.rows).raw(",\"late\":").number(title.counts.late);
        json.raw(",\"keys\":")
                .number((long) title.counts.keys)
                .raw(",\"forecasts\":")
                .number(title.counts.forecasts);
        json.raw(",\"scope\":").text(scope.text()).raw(",");
        scope.write(json);
        json.raw(",\"model\":").text(title.model).raw(",\"reference\":").text(board.reference());
        json.raw(",\"season\":").number((long) board.season()).raw(",\"contenders\":");
        texts(board.contenders());
        json.raw(",\"mix_names\":");
        texts(board.mixNames());
        Ladder all = board.all().ladder();
        json.raw(",\"levels\":");
        numbers(all.levels(), all::level);
        int widest = all.widest();
        json.raw(",\"widest\":").number(widest < 0 ? Double.NaN : all.nominal(widest));
        int inner = Pictures.inner(all);
        json.raw(",\"inner\":").number(inner < 0 ? Double.NaN : all.nominal(inner));
        json.raw(",\"all\":");
        tier(board.all());
        json.raw(",\"groups\":[");
        tiers(board.groups());
        json.raw("],\"steps\":[");
        steps();
        json.raw("],\"slices\":[");
        slices();
        keys();
        json.raw(",\"fans\":[");
        new Pictures(board, gallery, json).write();
        return new String(json.raw("]}").toBytes(), StandardCharsets.UTF_8);
    }

    private void texts(List<String> texts) {
        json.raw("[");
        for (int i = 0; i < texts.size(); i++) {
            json.raw(i == 0 ? "" : ",").text(texts.get(i));
        }
        json.raw("]");
    }

    private void numbers(int count, IntToDoubleFunction of) {
        numbers(json, count, of);
    }

    static void numbers(JsonBytes json, int count, IntToDoubleFunction of) {
        json.raw("[");
        for (int i = 0; i < count; i++) {
            json.raw(i == 0 ? "" : ",").number(of.applyAsDouble(i));
        }
        json.raw("]");
    }

    private void tiers(List<Scoreboard.Tier> tiers) {
        for (int i = 0; i < tiers.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            tier(tiers.get(i));
        }
    }

    private void tier(Scoreboard.Tier tier) {
        json.raw("{\"h\":").text(tier.name());
        column(tier, "mae", Errors::mae);
        column(tier, "wape", Errors::wape);
        column(tier, "mase", Errors::mase);
        column(tier, "rmsse", Errors::rmsse);
        column(tier, "smape", Errors::smape);
        column(tier, "bias", Errors::bias);
        column(tier, "ratio", Errors::ratio);
        Ladder ladder = tier.ladder();
        json.raw(",\"pinball\":").number(ladder.pinball()).raw(",\"below\":");
        numbers(ladder.levels(), ladder::below);
        json.raw(",\"intervals\":[");
        boolean more = false;
        for (int i = 0; i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0) {
                json.raw(more ? ",{\"nominal\":" : "{\"nominal\":").number(ladder.nominal(i));
                json.raw(",\"coverage\":").number(ladder.coverage(i)).raw("}");
                more = true;
            }
        }
        json.raw("]}");
    }

    private void column(Scoreboard.Tier tier, String name, ToDoubleFunction<Errors> of) {
        json.raw(",").text(name).raw(":");
        numbers(board.contenders().size(), i -> of.applyAsDouble(tier.errors(i)));
    }

    private void steps() {
        List<Scoreboard.Tier> steps = board.steps();
        for (int i = 0; i < steps.size(); i++) {
            Scoreboard.Tier step = steps.get(i);
            json.raw(i == 0 ? "{\"mae\":" : ",{\"mae\":");
            numbers(board.contenders().size(), c -> step.errors(c).mae());
            json.raw("}");
        }
    }

    private void slices() {
        List<Slice> slices = board.slices();
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            json.raw(i == 0 ? "{\"t\":" : ",{\"t\":").number(slice.start());
            json.raw(",\"coverage\":").number(slice.coverage()).raw(",\"mae\":");
            numbers(board.contenders().size(), c -> slice.mae(c));
            json.raw(",\"mix\":");
            numbers(board.mixNames().size(), slice::weight);
            json.raw("}");
        }
        json.raw("],\"slice\":").text(Slice.word(slices));
    }

    private void keys() {
        List<Scoreboard.KeyScore> keys = board.keys();
        json.raw(",\"keys_scored\":").number((long) keys.size()).raw(",\"skill\":[");
        int bars = Math.min(MOST_BARS, keys.size());
        for (int i = 0; i < bars; i++) {
            Scoreboard.KeyScore key = keys.get(bars == 1 ? 0 : (int) ((long) i * (keys.size() - 1) / (bars - 1)));
            json.raw(i == 0 ? "[" : ",[").text(key.key()).raw(",");
            json.number(key.reference().skill()).raw("]");
        }
        json.raw("],\"best\":[");
        list(keys.subList(0, Math.min(SHOWN_KEYS, keys.size())));
        json.raw("],\"worst\":[");
        List<Scoreboard.KeyScore> worst = new ArrayList<>();
        for (int i = keys.size() - 1; i >= Math.max(0, keys.size() - SHOWN_KEYS); i--) {
            worst.add(keys.get(i));
        }
        list(worst);
        json.raw("]");
    }

    private void list(List<Scoreboard.KeyScore> keys) {
        for (int i = 0; i < keys.size(); i++) {
            Scoreboard.KeyScore key = keys.get(i);
            json.raw(i == 0 ? "{" : ",{").raw("\"key\":").text(key.key());
            json.raw(",\"mae\":")
                    .number(key.ours().mae())
                    .raw(",\"wape\":")
                    .number(key.ours().wape());
            json.raw(",\"mase\":").number(key.ours().mase());
            json.raw(",\"skill\":").number(key.reference().skill()).raw("}");
        }
    }
}
