package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String OPEN = "<script id=\"data\" type=\"application/json\">";

    private static String page(String key, int days, String more) {
        var pipeline = Made.pipeline("bucket: {size: P1D, aggregate: sum}\ntarget: {kind: count}\n" + more);
        List<Table.Line> lines = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            lines.add(new Table.Line(key + i, Made.weekly(i, days)));
        }
        Scoreboard board = new Scoreboard(pipeline.quantiles(), Long.MIN_VALUE);
        Gallery gallery = new Gallery(Scope.ALL);
        var forecaster = Made.forecaster(pipeline);
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Jury(List.of(board, gallery)));
        board.against(rerun.rivals());
        rerun.run(new Table(Made.daily(days), lines).rows());
        Report.Counts counts = new Report.Counts(rerun.rows(), 0, 5, rerun.issued());
        Report.Title title = new Report.Title("made", "made.csv", "P1D", 7, "experts", counts);
        return new Report(title, Scope.everything(), board, gallery).page();
    }

    private static String data(String page) {
        int from = page.indexOf(OPEN) + OPEN.length();
        return page.substring(from, page.indexOf("</script>", from));
    }

    /** Every name of a field in the order it is met; fails on what is no JSON. */
    private static List<String> fields(String json) throws IOException {
        List<String> fields = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    fields.add(parser.currentName());
                }
            }
        }
        return fields;
    }

    @Test
    void thePageLoadsNothing() {
        String page = page("k", 60, "season: 7\nhorizon: 7");
        assertThat(page)
                .doesNotContainPattern("(?i)https?:")
                .doesNotContain("@import")
                .doesNotContain("url(");
        assertThat(page)
                .doesNotContainPattern("\\bsrc\\s*=")
                .doesNotContain("fetch(")
                .doesNotContain("import(");
        assertThat(page.split("<link", -1)).hasSize(2);
        assertThat(page).contains("<link rel=\"icon\" href=\"data:,\">");
    }

    @Test
    void theDataIsJsonWithEverythingThePageReads() throws IOException {
        List<String> fields = fields(data(page("k", 60, "season: 7\nhorizon: 7")));
        assertThat(fields)
                .contains(
                        "contenders",
                        "groups",
                        "steps",
                        "slices",
                        "skill",
                        "best",
                        "worst",
                        "fans",
                        "actual",
                        "mid",
                        "low")
                .contains("keys_scored", "levels", "mix_names", "widest", "intervals", "below", "slice", "model");
    }

    @Test
    void aKeyCannotLeaveItsElement() throws IOException {
        String page = page("</script><b>\"", 60, "season: 7\nhorizon: 7");
        assertThat(page).doesNotContain("</script><b>");
        assertThat(fields(data(page))).contains("fans");
    }

    @Test
    void theSameBacktestWritesTheSamePage() {
        assertThat(page("k", 60, "horizon: 7")).isEqualTo(page("k", 60, "horizon: 7"));
    }

    @Test
    void aRunTooShortToScoreStillMakesAPage() throws IOException {
        assertThat(fields(data(page("k", 2, "season: 1\nhorizon: 7")))).contains("fans", "all");
        assertThat(fields(data(page("k", 40, "season: 1\nhorizon: 1")))).contains("fans", "all");
    }
}
