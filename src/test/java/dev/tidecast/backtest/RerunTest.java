package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.exam.Schooling;
import dev.tidecast.exam.Teacher;
import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.Recipe;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RerunTest {
    private static final int DAYS = 90;

    /** All that was said, as text, with the origin. */
    private static final class Words implements Judge {
        private final List<String> said = new ArrayList<>();
        private final List<Long> origins = new ArrayList<>();

        @Override
        public void issued(Issue issue, Forecast forecast) {
            String json = new String(ForecastJson.write(forecast), StandardCharsets.UTF_8);
            said.add(json
                    + Arrays.toString(
                            forecast.experts() == null
                                    ? null
                                    : forecast.experts().get())
                    + issue.rival(0, 1)
                    + issue.scale());
            origins.add(issue.origin());
        }
    }

    @ParameterizedTest
    @CsvSource({"count, 7", "real, 7", "positive, 7", "price, 7", "count, '[7, 28]'", "real, '[7, 28]'"})
    void nothingIssuedBeforeAChangeKnowsOfIt(String kind, String season) {
        nothingIssuedBeforeAChangeKnowsOfIt(pipeline(season, 14, "target: {kind: " + kind + "}"), Teacher.none());
    }

    private static Pipeline pipeline(String season, int horizon, String more) {
        return Made.pipeline(
                "bucket: {size: P1D, aggregate: sum}\nseason: " + season + "\nhorizon: " + horizon + "\n" + more);
    }

    /** A season of four weeks is longer than the lags: the network reads what was then. */
    @ParameterizedTest
    @ValueSource(strings = {"7", "[7, 28]"})
    void nothingATrainedNetworkSaysKnowsOfWhatComesLater(String season) {
        Pipeline pipeline = pipeline(season, 7, "target: {kind: count}\nmodel: {cell: lstm, units: [6], lags: [14]}");
        try (Crew crew = new Crew(1)) {
            Recipe recipe = Recipe.standard().withPasses(1).withLeast(5);
            nothingIssuedBeforeAChangeKnowsOfIt(pipeline, new Schooling(recipe, crew, pass -> {}, null));
        }
    }

    /** The teacher sees the first 60 days and the change comes later: what it learned is the same too. */
    private static void nothingIssuedBeforeAChangeKnowsOfIt(Pipeline pipeline, Teacher teacher) {
        for (int change : teacher instanceof Schooling ? new int[] {60, 75} : new int[] {1, 8, 30, 75}) {
            double[][] changed = series();
            for (double[] s : changed) {
                for (int t = change; t < DAYS; t++) {
                    s[t] = 3 * s[t] + 17;
                }
            }
            Words before = run(pipeline, teacher, Made.table(series()));
            Words after = run(pipeline, teacher, Made.table(changed));
            long moment = Made.NEW_YEAR + change * Made.DAY;
            int different = 0;
            for (int i = 0; i < before.said.size(); i++) {
                if (before.origins.get(i) <= moment) {
                    assertThat(after.said.get(i)).isEqualTo(before.said.get(i));
                } else {
                    different += after.said.get(i).equals(before.said.get(i)) ? 0 : 1;
                }
            }
            assertThat(different)
                    .as("forecasts after day %d that noticed", change)
                    .isPositive();
        }
    }

    private static Words run(Pipeline pipeline, Teacher teacher, Table table) {
        Forecaster forecaster = Made.forecaster(pipeline);
        Words words = new Words();
        new Rerun(forecaster, teacher.teach(forecaster, table.before(60), 1), words).run(table.rows());
        return words;
    }

    private static double[][] series() {
        double[][] series = {Made.weekly(1, DAYS), Made.weekly(2, DAYS), Made.weekly(3, DAYS)};
        for (double[] s : series) {
            for (int i = 0; i < DAYS; i++) {
                s[i] += 1;
            }
        }
        return series;
    }

    @Test
    void lateObservationsAreCountedAndChangeNoActual() {
        double[] a = Made.weekly(1, 20);
        Table table = Made.table(a);
        List<Double> actuals = new ArrayList<>();
        var forecaster = Made.forecaster(Made.days("count", 1));
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Judge() {
            @Override
            public void matured(Issue issue, int h, double actual) {
                actuals.add(actual);
            }
        });
        Rows rows = table.rows();
        for (int i = 0; rows.next(); i++) {
            rerun.row(rows);
            if (i >= 3) {
                rerun.row(new Late(rows));
            }
        }
        assertThat(rerun.late()).isEqualTo(17);
        assertThat(actuals).hasSize(18);
        for (int i = 0; i < actuals.size(); i++) {
            assertThat(actuals.get(i)).isEqualTo(a[i + 1]);
        }
    }

    @Test
    void aSoldOutStepIsNeverJudgedAndNoBaseline() throws IOException {
        StringBuilder text = new StringBuilder("key,timestamp,value,censored\n");
        for (int day = 0; day < 40; day++) {
            Instant time = Instant.ofEpochMilli(Made.NEW_YEAR + day * Made.DAY);
            text.append("a," + time + "," + (day == 20 ? "1,true\n" : 10 + day % 7 + ",false\n"));
        }
        Path file = Files.writeString(Files.createTempFile("sold", ".csv"), text);
        List<Double> actuals = new ArrayList<>();
        List<Double> rivals = new ArrayList<>();
        var forecaster = Made.forecaster(Made.days("count", 14));
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Judge() {
            @Override
            public void matured(Issue issue, int h, double actual) {
                actuals.add(actual);
                rivals.add(issue.rival(0, h));
            }
        });
        try (LongForm rows = LongForm.open(file, ZoneOffset.UTC, "censored")) {
            rerun.run(rows);
        } finally {
            Files.delete(file);
        }
        assertThat(actuals).hasSizeGreaterThan(300).doesNotContain(1.0);
        assertThat(rivals).doesNotContain(1.0);
    }

    /** The same row again, two days old. */
    private record Late(Rows row) implements Rows {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public String key() {
            return row.key();
        }

        @Override
        public long time() {
            return row.time() - 2 * Made.DAY;
        }

        @Override
        public double value() {
            return 1000;
        }

        @Override
        public double done() {
            return 0;
        }

        @Override
        public String place() {
            return "late";
        }
    }

    @Test
    void theSameRowsGiveTheSameScores() {
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Scoreboard board = new Scoreboard(new double[] {.1, .5, .9}, Long.MIN_VALUE);
            Made.run(Made.days("count", 14), Made.table(series()), board);
            var json = new dev.tidecast.text.JsonBytes().raw("{");
            new ScoreTable(board).write(json);
            tables.add(new String(json.raw("}").toBytes(), StandardCharsets.UTF_8));
        }
        assertThat(tables.get(0)).isEqualTo(tables.get(1)).contains("\"keys_judged\":3");
    }

    @Test
    void groupsAreTheSumOfTheirStepsAndSlicesOfTheRun() {
        Scoreboard board = new Scoreboard(new double[] {.1, .5, .9}, Long.MIN_VALUE);
        Made.run(Made.days("count", 14), Made.table(series()), board);
        assertThat(board.groups()).extracting(Scoreboard.Tier::name).containsExactly("1", "2-7", "8-14");
        long steps = board.groups().stream().mapToLong(g -> g.ours().n()).sum();
        long slices = board.slices().stream().mapToLong(s -> s.scored(0)).sum();
        assertThat(steps).isEqualTo(board.all().ours().n()).isEqualTo(slices).isPositive();
        assertThat(board.slices()).hasSizeGreaterThan(10).hasSizeLessThan(16);
        assertThat(board.keys()).hasSize(3);
    }
}
