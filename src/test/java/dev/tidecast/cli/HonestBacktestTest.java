package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model has learnt from is not scored, unless it is asked for, and never without a word. */
class HonestBacktestTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 120;
    /** The start of 2026-03-22 in Prague, day 80. */
    private static final String CUT = "2026-03-21T23:00:00Z";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String yaml = "";
    private String data = "";
    private String model = "";

    @BeforeEach
    void files() throws IOException {
        yaml = Files.writeString(folder.resolve("shop.yaml"), """
                pipeline: shop
                sources:
                  demand: {topic: sales, key: record, value: /qty}
                bucket: {size: P1D, zone: Europe/Prague, aggregate: sum}
                horizon: 4
                season: 7
                target: {kind: count, min: 0}
                model: {cell: gru, units: [4], lags: [7], calendar: false}
                """).toString();
        StringBuilder rows = new StringBuilder("key,timestamp,value\n");
        for (int day = 0; day < DAYS; day++) {
            for (int key = 0; key < 3; key++) {
                rows.append(key).append(',').append(FIRST.plusDays(day)).append(',');
                rows.append(5 + 3 * key + day % 7 + day * 31 % 5).append('\n');
            }
        }
        data = Files.writeString(folder.resolve("sales.csv"), rows).toString();
        model = folder.resolve("m.bin").toString();
    }

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private void train(String... more) {
        List<String> args = new ArrayList<>(
                List.of("train", yaml, "--from", data, "--out", model, "--passes", "1", "--output", "json"));
        args.addAll(List.of(more));
        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
    }

    private int backtest(String... more) {
        List<String> args = new ArrayList<>(List.of("backtest", yaml, "--data", data, "--model", model));
        args.addAll(List.of(more));
        return run(args.toArray(String[]::new));
    }

    private String field(String name) {
        Matcher field = Pattern.compile("\"" + name + "\":(\"[^\"]*\"|[^,}]*)").matcher(out.toString());
        assertThat(field.find()).as(name).isTrue();
        return field.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--until,2026-03-22",
        "--until,2026-03-22T12:00",
        "--until,2026-03-21T23:00:00Z",
        "--holdout,P40D",
        "--holdout,0.33"
    })
    void whatAModelWasTrainedOnIsReplayedAndNotScored(String option, String cut) {
        train(option, cut);
        assertThat(field("trained_until")).isEqualTo("\"" + CUT + "\"");
        assertThat(field("trained_from")).isEqualTo("\"2025-12-31T23:00:00Z\"");
        assertThat(field("steps")).isEqualTo("240");
        assertThat(backtest("--output", "json")).as(err.toString()).isZero();
        assertThat(field("trained_until")).isEqualTo("\"" + CUT + "\"");
        assertThat(field("scored_from")).isEqualTo("\"" + CUT + "\"");
        assertThat(field("seen_in_training")).isEqualTo("false");
    }

    @Test
    void theTextAndThePageSayWhatWasScored() throws IOException {
        train("--until", "2026-03-22");
        Path report = folder.resolve("r.html");
        assertThat(backtest("--report", report.toString())).isZero();
        String said = "the model was trained on data until " + CUT + ": scored are the forecasts from " + CUT + " on";
        assertThat(out.toString()).contains(said);
        assertThat(Files.readString(report)).contains("\"scope\":\"" + said + "\"", "\"seen_in_training\":false");
    }

    @Test
    void aBacktestOfTheTrainingDataEndsWithTwoAndSaysWhatHelps() {
        train();
        assertThat(backtest()).isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString())
                .contains("nothing is left to score: the model was trained on data until 2026-04-30T22:00:00Z")
                .contains("train on less (train --until TIME or --holdout 0.25)")
                .contains("--score-all");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void everythingIsScoredOnDemandAndTheFiguresAreSaidToLookBetter() {
        train();
        assertThat(backtest("--score-all")).isZero();
        assertThat(out.toString()).contains("are scored too: the figures look better than they are");
        assertThat(backtest("--score-all", "--output", "json")).isZero();
        assertThat(field("seen_in_training")).isEqualTo("true");
        assertThat(field("scored_from")).isEqualTo("null");
    }

    @Test
    void anEarlierMomentThanTheModelAllowsIsMovedAndSaid() {
        train("--until", "2026-03-22");
        assertThat(backtest("--from", "2026-02-01")).isZero();
        assertThat(out.toString())
                .contains("scored are the forecasts from " + CUT + " on, not from 2026-01-31T23:00:00Z on");
        assertThat(backtest("--from", "2026-04-02", "--output", "json")).isZero();
        assertThat(field("scored_from")).isEqualTo("\"2026-04-01T22:00:00Z\"");
        assertThat(backtest("--holdout", "P10D", "--output", "json")).isZero();
        assertThat(field("scored_from")).isEqualTo("\"2026-04-20T22:00:00Z\"");
        assertThat(backtest("--from", "2026-06-01")).isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("nothing is left to score");
    }

    @Test
    void theForecastsThatAreScoredAreThoseOfTheSameRunWithoutACut() {
        train("--until", "2026-03-22");
        assertThat(backtest("--output", "json")).isZero();
        long part = scored();
        assertThat(backtest("--score-all", "--output", "json")).isZero();
        // Of each key: 119 days have closed, a forecast left at the end of each but the first; 80 were before the cut.
        assertThat(part).isEqualTo(3 * (39 * 4 - 6));
        assertThat(scored()).isEqualTo(3 * (118 * 4 - 6));
    }

    private long scored() {
        Matcher all =
                Pattern.compile("\"all\":\\{\"h\":\"1-4\",\"scored\":(\\d+)").matcher(out.toString());
        assertThat(all.find()).isTrue();
        return Long.parseLong(all.group(1));
    }

    @ParameterizedTest
    @CsvSource({
        "--holdout,1.5,--holdout is a share such as 0.25 or a length of time such as P90D",
        "--holdout,P900D,--holdout P900D leaves nothing before it: the data is from 2025-12-31T23:00:00Z to",
        "--holdout,PT0S,--holdout PT0S leaves nothing in it",
        "--from,spring,--from is a day or a moment such as 2026-09-01"
    })
    void aWrongCutEndsWithTwo(String option, String value, String message) {
        train();
        assertThat(backtest(option, value)).isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void aMissingModelIsSaidToBeMadeByTraining() {
        assertThat(backtest()).isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains(model).contains("there is no such file: tidecast train makes it");
    }

    @Test
    void trainingSaysWhatTheDataIsTooShortFor() throws IOException {
        Files.writeString(Path.of(yaml), Files.readString(Path.of(yaml)).replace(", calendar: false", ""));
        assertThat(run("train", yaml, "--from", data, "--out", model, "--passes", "1"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "note: less than a year of data, and the network reads the time of year: set  model: {calendar: false}")
                .contains("it has learnt from 2025-12-31T23:00:00Z until 2026-04-30T22:00:00Z")
                .doesNotContain("too short to hold anything back");
        assertThat(run("train", yaml, "--from", data, "--out", model, "--passes", "1", "--until", "2026-01-05"))
                .isZero();
        assertThat(out.toString()).contains("note: the histories are too short to hold anything back");
        assertThat(run("train", yaml, "--from", data, "--out", model, "--until", "2025-01-05"))
                .isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("sales.csv: has no rows to learn from before 2025-01-05");
        assertThat(run("train", "topology/demand.yaml", "--made", "3", "--out", model, "--until", "2025-01-05"))
                .isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("--until and --holdout are for a data file");
    }
}
