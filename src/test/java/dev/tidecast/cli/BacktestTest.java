package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {
    private static final String SHOP = """
            pipeline: shop
            sources:
              demand: {topic: sales, key: record, value: /qty}
            bucket: {size: P1D}
            horizon: 7
            target: {kind: count}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String yaml = "";
    private String data = "";

    @BeforeEach
    void files() throws IOException {
        yaml = Files.writeString(folder.resolve("shop.yaml"), SHOP).toString();
        StringBuilder rows = new StringBuilder("key,timestamp,value\n");
        for (int day = 0; day < 60; day++) {
            for (String key : new String[] {"a", "b"}) {
                rows.append(key).append(',').append(LocalDate.of(2026, 1, 1).plusDays(day));
                rows.append("T12:00:00Z,")
                        .append(20 + day % 7 + (day * 7 + 3) % 5)
                        .append('\n');
            }
        }
        data = Files.writeString(folder.resolve("sales.csv"), rows).toString();
    }

    private int run(String... args) {
        return Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    @Test
    void aBacktestPrintsItsScoresAndWritesItsFiles() {
        String report = folder.resolve("r.html").toString();
        String csv = folder.resolve("f.csv.gz").toString();
        assertThat(run("backtest", yaml, "--data", data, "--report", report, "--forecasts", csv))
                .isZero();
        assertThat(out.toString())
                .contains("120 rows of 2 keys")
                .contains("tidecast")
                .contains("seasonal_naive");
        assertThat(Path.of(report)).content().contains("\"pipeline\":\"shop\"");
        assertThat(Path.of(csv)).isNotEmptyFile();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void whatIsKnownInAdvanceIsReadFromAnotherFile() throws IOException {
        String calendar = Files.writeString(folder.resolve("c.csv"), "date,holiday\n2026-02-04,1\n")
                .toString();
        String wrong = Files.writeString(folder.resolve("w.csv"), "date,holiday\n2026-02-04,x\n")
                .toString();
        assertThat(run("backtest", yaml, "--data", data, "--known", calendar)).isZero();
        assertThat(run("backtest", yaml, "--data", data, "--known", wrong)).isEqualTo(2);
        assertThat(err.toString()).contains(wrong + ":2: holiday must be a number within");
    }

    @Test
    void aMissedThresholdEndsWithOneAndAKeptOneWithZero() {
        assertThat(run("backtest", yaml, "--data", data, "--max-wape", "0.9")).isZero();
        assertThat(run("backtest", yaml, "--data", data, "--max-wape", "0.000001"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("is above --max-wape");
    }

    @Test
    void theSameBacktestAnswersTheSameJson() {
        assertThat(run("backtest", yaml, "--data", data, "--output", "json")).isZero();
        String first = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run("backtest", yaml, "--data", data, "--output", "json")).isZero();
        assertThat(out.toString())
                .isEqualTo(first)
                .startsWith("{\"pipeline\":\"shop\",")
                .contains("\"worst_keys\":[{");
    }

    @Test
    void whatIsWrongWithAFileIsSaidInALineAndEndsWithTwo() throws IOException {
        assertThat(run("backtest", yaml, "--data", folder.resolve("no.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no.csv: there is no such file");
        Files.writeString(folder.resolve("bad.csv"), "key,timestamp,value\na,2026-01-01T00:00:00Z,-3x\n");
        assertThat(run("backtest", yaml, "--data", folder.resolve("bad.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("bad.csv, line 2: value is \"-3x\", which is not a number");
        Files.writeString(folder.resolve("one.csv"), "key,timestamp,value\na,2026-01-01T00:00:00Z,3\n");
        assertThat(run("backtest", yaml, "--data", folder.resolve("one.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no bucket of P1D has closed before the file ended");
        assertThat(run("backtest", yaml, "--data", data, "--model", data)).isEqualTo(2);
        assertThat(err.toString()).contains("sales.csv: this is not a model of Tidecast");
        assertThat(run("backtest", yaml)).isEqualTo(2);
        assertThat(run("backtest", yaml, "--data", data, "--max-wape", "0")).isEqualTo(2);
    }

    @Test
    void anEvaluationSaysWhichSetsAreMissing() throws IOException {
        assertThat(run("evaluate", "--protocol", "online", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("etth1 (etth1.csv.gz)").contains("wth (wth.csv.gz)");
        assertThat(run(
                        "evaluate",
                        "--protocol",
                        "m4",
                        "--data",
                        folder.resolve("no").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no: there is no such folder");
        assertThat(run("evaluate", "--protocol", "m4", "--set", "nothing", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no such set; there are [m4-hourly");
    }

    @Test
    void anyFileCanBeEvaluatedPrequentiallyUnderOnesOwnPipeline() {
        int code = run(
                "evaluate",
                "--protocol",
                "prequential",
                "--set",
                "sales.csv",
                "--pipeline",
                yaml,
                "--data",
                folder.toString(),
                "--output",
                "json");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString()).contains("\"exam\":\"sales.csv\"").contains("\"name\":\"seasonal_naive\"");
    }

    @Test
    void aFileSortedByKeyIsRefusedForItIsNotInTheOrderOfTime() throws IOException {
        StringBuilder rows = new StringBuilder("key,timestamp,value\n");
        for (String key : new String[] {"a", "b", "c"}) {
            for (int day = 0; day < 60; day++) {
                rows.append(key).append(',').append(LocalDate.of(2026, 1, 1).plusDays(day));
                rows.append("T12:00:00Z,3\n");
            }
        }
        String sorted = Files.writeString(folder.resolve("sorted.csv"), rows).toString();
        assertThat(run("backtest", yaml, "--data", sorted)).isEqualTo(2);
        assertThat(err.toString())
                .contains("of 180 rows came after the bucket of their time had closed: sort the file");
    }

    @Test
    void salesAreHeldAgainstAnAutoregressionToo() {
        assertThat(run("backtest", yaml, "--data", data, "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"autoregression\":{\"n\":");
    }

    @Test
    void ofTheCompetitionOneFrequencyCanBeChosen() {
        assertThat(run("evaluate", "--protocol", "m4", "--frequency", "weekly", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("m4-weekly").doesNotContain("m4-hourly");
        err.getBuffer().setLength(0);
        assertThat(run("evaluate", "--protocol", "all", "--frequency", "hourly", "--data", folder.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("m4-hourly (")
                .contains("m4-hourly-origins (")
                .contains("etth1 (")
                .doesNotContain("m4-weekly");
        assertThat(run("evaluate", "--protocol", "m4", "--frequency", "daily", "--data", folder.toString()))
                .isEqualTo(2);
    }
}
