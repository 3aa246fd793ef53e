package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.QuantileNames;
import dev.tidecast.text.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A scoreboard in figures: as JSON whose bytes depend on the input alone, and as text for a terminal. */
public final class ScoreTable {
    private static final int SHOWN_KEYS = 20;

    private final Scoreboard board;

    public ScoreTable(Scoreboard board) {
        this.board = board;
    }

    private static final String LEGEND =
            "Lower is better; BIAS above 0: forecasts too high; ours/its below 1: our error is"
                    + " smaller than its. WAPE is the error as a share of the actuals.\n";

    private record Column(String name, ToDoubleFunction<Errors> of) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("mae", Errors::mae),
            new Column("wape", Errors::wape),
            new Column("mase", Errors::mase),
            new Column("rmsse", Errors::rmsse),
            new Column("smape", Errors::smape),
            new Column("rmse", Errors::rmse),
            new Column("bias", Errors::bias));

    /** Adds the fields of the scores to an object that is open. */
    public void write(JsonBytes json) {
        json.raw("\"reference\":").text(board.reference());
        json.raw(",\"season\":").number((long) board.season());
        json.raw(",\"keys_judged\":").number((long) board.keysJudged());
        json.raw(",\"all\":");
        tier(json, board.all());
        json.raw(",\"groups\":[");
        tiers(json, board.groups());
        json.raw("],\"steps\":[");
        tiers(json, board.steps());
        List<Scoreboard.KeyScore> keys = board.keys();
        json.raw("],\"best_keys\":[");
        keys(json, keys.subList(0, Math.min(SHOWN_KEYS, keys.size())));
        json.raw("],\"worst_keys\":[");
        List<Scoreboard.KeyScore> worst =
                new ArrayList<>(keys.subList(Math.max(0, keys.size() - SHOWN_KEYS), keys.size()));
        Collections.reverse(worst);
        keys(json, worst);
        json.raw("],\"by_time\":[");
        slices(json);
        json.raw("]");
    }

    private void tiers(JsonBytes json, List<Scoreboard.Tier> tiers) {
        for (int i = 0; i < tiers.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            tier(json, tiers.get(i));
        }
    }

    private void tier(JsonBytes json, Scoreboard.Tier tier) {
        json.raw("{\"h\":")
                .text(tier.name())
                .raw(",\"scored\":")
                .number(tier.ours().n());
        json.raw(",\"skill\":").number(tier.errors(board.referencePlace()).skill());
        json.raw(",\"contenders\":{");
        List<String> names = board.contenders();
        for (int i = 0; i < names.size(); i++) {
            if (i == 0 || tier.errors(i).n() > 0) {
                json.raw(i == 0 ? "" : ",").text(names.get(i)).raw(":");
                errors(json, tier.errors(i), i > 0);
            }
        }
        json.raw("},");
        ladder(json, tier.ladder());
        json.raw("}");
    }

    private static void errors(JsonBytes json, Errors errors, boolean rival) {
        json.raw("{\"n\":").number(errors.n());
        for (Column column : COLUMNS) {
            json.raw(",").text(column.name).raw(":").number(column.of.applyAsDouble(errors));
        }
        if (rival) {
            json.raw(",\"our_mae_ratio\":").number(errors.ratio());
        }
        json.raw("}");
    }

    private static void ladder(JsonBytes json, Ladder ladder) {
        json.raw("\"pinball\":").number(ladder.pinball());
        json.raw(",\"weighted_pinball\":").number(ladder.weightedPinball());
        json.raw(",\"below\":{");
        for (int i = 0; i < ladder.levels(); i++) {
            json.raw(i == 0 ? "" : ",")
                    .text(QuantileNames.name(ladder.level(i)))
                    .raw(":");
            json.number(ladder.below(i));
        }
        json.raw("},\"intervals\":[");
        boolean more = false;
        for (int i = 0; i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0) {
                json.raw(more ? "," : "").raw("{\"nominal\":").number(ladder.nominal(i));
                json.raw(",\"coverage\":").number(ladder.coverage(i));
                json.raw(",\"width\":").number(ladder.width(i)).raw("}");
                more = true;
            }
        }
        json.raw("]");
    }

    private void keys(JsonBytes json, List<Scoreboard.KeyScore> keys) {
        for (int i = 0; i < keys.size(); i++) {
            Scoreboard.KeyScore key = keys.get(i);
            json.raw(i == 0 ? "{" : ",{").raw("\"key\":").text(key.key());
            json.raw(",\"scored\":").number(key.ours().n());
            json.raw(",\"mae\":").number(key.ours().mae());
            json.raw(",\"wape\":").number(key.ours().wape());
            json.raw(",\"mase\":").number(key.ours().mase());
            json.raw(",\"reference_mae\":").number(key.reference().mae());
            json.raw(",\"skill\":").number(key.reference().skill()).raw("}");
        }
    }

    private void slices(JsonBytes json) {
        List<Slice> slices = board.slices();
        List<String> names = board.contenders();
        for (int i = 0; i < slices.size(); i++) {
            Slice slice = slices.get(i);
            json.raw(i == 0 ? "{" : ",{").raw("\"from\":").instant(slice.start());
            json.raw(",\"scored\":").number(slice.scored(0));
            json.raw(",\"coverage\":").number(slice.coverage()).raw(",\"mae\":{");
            for (int c = 0; c < names.size(); c++) {
                if (c == 0 || slice.scored(c) > 0) {
                    json.raw(c == 0 ? "" : ",").text(names.get(c)).raw(":");
                    json.number(slice.mae(c));
                }
            }
            json.raw("},\"mix\":{");
            for (int m = 0; m < board.mixNames().size(); m++) {
                json.raw(m == 0 ? "" : ",").text(board.mixNames().get(m)).raw(":");
                json.number(slice.weight(m));
            }
            json.raw("}}");
        }
    }

    /** The groups and all steps as tables, ours above the rivals, with their intervals; then what it comes to. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Scoreboard.Tier group : board.groups()) {
            table(text, "step " + group.name(), group);
        }
        if (!board.steps().isEmpty()) {
            table(text, "all steps", board.all());
        }
        return text.append(LEGEND).append(judgement()).append('\n').toString();
    }

    private void table(StringBuilder text, String title, Scoreboard.Tier tier) {
        text.append(title).append(", ").append(tier.ours().n()).append(" forecasts scored\n");
        text.append(String.format("  %-18s", ""));
        for (Column column : COLUMNS) {
            text.append(String.format(Locale.ROOT, "%11s", column.name.toUpperCase(Locale.ROOT)));
        }
        text.append(String.format(Locale.ROOT, "%11s%n", "ours/its"));
        for (int i = 0; i < board.contenders().size(); i++) {
            if (i == 0 || tier.errors(i).n() > 0) {
                row(text, board.contenders().get(i), tier.errors(i), i > 0);
            }
        }
        intervals(text, tier.ladder());
    }

    /** "WAPE 24.3 %: 26 % less error than repeating the last season". */
    String judgement() {
        if (board.steps().isEmpty() || board.all().ours().n() == 0) {
            return "No forecast was scored.";
        }
        Scoreboard.Tier all = board.all();
        double wape = all.ours().wape();
        double skill = all.errors(board.referencePlace()).skill();
        String error = Double.isFinite(wape)
                ? String.format(Locale.ROOT, "WAPE %.1f %%", 100 * wape)
                : "MAE " + number(all.ours().mae());
        if (!Double.isFinite(skill)) {
            return error;
        }
        String naive = board.reference().startsWith("seasonal") ? "the last season" : "the last value";
        long share = Math.round(100 * Math.abs(skill));
        String compared =
                share == 0 ? "as much error as" : share + " % " + (skill > 0 ? "less" : "more") + " error than";
        return error + ": " + compared + " repeating " + naive;
    }

    private static void row(StringBuilder text, String name, Errors errors, boolean rival) {
        text.append(String.format("  %-18s", name));
        for (Column column : COLUMNS) {
            text.append(String.format(Locale.ROOT, "%11s", number(column.of.applyAsDouble(errors))));
        }
        text.append(String.format(Locale.ROOT, "%11s%n", rival ? number(errors.ratio()) : ""));
    }

    private static void intervals(StringBuilder text, Ladder ladder) {
        text.append("  pinball ").append(number(ladder.pinball()));
        for (int i = 0; i < ladder.levels(); i++) {
            if (ladder.partner(i) >= 0) {
                text.append("; the ").append(number(100 * ladder.nominal(i))).append(" % interval holds ");
                text.append(number(100 * ladder.coverage(i))).append(" %, is ");
                text.append(number(ladder.width(i))).append(" wide");
            }
        }
        text.append("\n\n");
    }

    /** Up to five significant digits; a dash for what is no number. */
    public static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        int decimals = 4;
        for (double limit = 10; limit <= size && decimals > 0; limit *= 10) {
            decimals--;
        }
        double ten = 1;
        for (int i = 0; i < decimals; i++) {
            ten *= 10;
        }
        double rounded = size < 1e12 ? Math.rint(value * ten) / ten : value;
        return new String(new JsonBytes().number(rounded).toBytes(), StandardCharsets.US_ASCII);
    }
}
