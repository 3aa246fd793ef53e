package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Jury;
import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Scoreboard;
import dev.tidecast.backtest.Table;
import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The graders against examples worked out by hand. On the real sets they give the published figures of naive forecasts to
 * the last digit, but for two; docs/accuracy.md has them.
 */
class ExamsTest {
    private static final double EXACT = 1e-12;

    @TempDir
    Path folder;

    private static Marks naive(Grader<?> grader, String name, int season, int horizon) {
        grader.naive(name, season, horizon);
        return grader.marks();
    }

    @Test
    void oneOriginIsGradedAsTheCompetitionsDo() {
        double[] y = {1, 2, 4, 3, 5, 9};
        double[] flat = {7, 7, 7, 7, 7, 14};
        Table table = Made.table(y, flat);
        Grader<?> grader = new Origins(table, Origins.Span.one(4, new double[0]), 1, new Origins.Naive2(50, 2));
        double[] figures = naive(grader, "last", 1, 2).of("last");
        double smape = ((200 * 2 / 8.0 + 200 * 6 / 12.0) / 2 + (0 + 200 * 7 / 21.0) / 2) / 2;
        double mase = (2 + 6) / 2.0 / ((1 + 2 + 1) / 3.0);
        assertThat(figures[0]).isEqualTo(smape, within(EXACT));
        // The second series never changed before the origin: nothing to scale by.
        assertThat(figures[1]).isEqualTo(mase, within(EXACT));
        assertThat(figures[2]).isEqualTo((smape / 50 + mase / 2) / 2, within(EXACT));
        assertThat(figures[3]).isNaN();
    }

    @Test
    void intervalsOfOneOriginPayForWhatTheyMiss() {
        Table table = Made.table(Made.weekly(1, 40));
        Issue[] last = new Issue[1];
        Pipeline pipeline = Made.pipeline(
                "bucket: {size: P1D, aggregate: sum}\nhorizon: 2\ntarget: {kind: real}", "[0.025, 0.5, 0.975]");
        Made.run(pipeline, table, new Judge() {
            @Override
            public void issued(Issue issue, Forecast forecast) {
                last[0] = issue.kept();
            }
        });
        Origins grader = new Origins(table, Origins.Span.one(30, pipeline.quantiles()), 1, Origins.Naive2.NONE);
        Origins.Tally tally = grader.begin();
        double low = last[0].quantile(1, 0);
        double high = last[0].quantile(1, 2);
        for (double y : new double[] {low - 2, low, high + 1}) {
            Grader.Hit hit = new Grader.Hit(new Grader.At(0, 30, 1), y, y, y, y);
            grader.add(tally, hit);
            grader.addOurs(tally, hit, last[0]);
        }
        double scale = 0;
        double[] y = table.lines().get(0).values();
        for (int t = 1; t < 30; t++) {
            scale += Math.abs(y[t] - y[t - 1]) / 29;
        }
        double[] figures = grader.figures(tally);
        assertThat(figures[2]).isEqualTo((high - low + 40 * 3 / 3.0) / scale, within(1e-9));
        assertThat(figures[3]).isEqualTo(1 / 3.0, within(EXACT));
    }

    @Test
    void onlineCountsOriginsWhoseStepsAllLieInTheTestPart() {
        double[] y = new double[60];
        for (int i = 0; i < y.length; i++) {
            y[i] = i * i;
        }
        Grader<?> grader = new Online(Made.table(y), 5, 58);
        double[] figures = naive(grader, "last", 1, 48).of("last");
        for (int k = 0; k < 3; k++) {
            int horizon = new int[] {1, 24, 48}[k];
            double squared = 0;
            double absolute = 0;
            int n = 0;
            for (int origin = 5; origin + horizon <= 58; origin++) {
                for (int h = 1; h <= horizon; h++, n++) {
                    double e = y[origin + h - 1] - y[origin - 1];
                    squared += e * e;
                    absolute += Math.abs(e);
                }
            }
            assertThat(figures[k]).isEqualTo(squared / n, within(1e-6));
            assertThat(figures[3 + k]).isEqualTo(absolute / n, within(1e-6));
        }
    }

    @Test
    void theRegressionSolvesTheRidgeOfAllLabelsThatHaveComeTrue() {
        double[] y = Made.weekly(9, 160);
        int horizon = 3;
        double[][] said = new double[200][];
        new Regression(y, horizon).run((origin, f) -> said[origin] = f.clone());
        double[] changed = y.clone();
        for (int t = 130; t < changed.length; t++) {
            changed[t] += 5;
        }
        double[][] other = new double[200][];
        new Regression(changed, horizon).run((origin, f) -> other[origin] = f.clone());
        for (int origin = 96; origin <= 160; origin++) {
            assertThat(Arrays.equals(said[origin], other[origin])).isEqualTo(origin <= 130);
        }
        double expected = ridge(y, 140, 2);
        assertThat(said[140][1]).isEqualTo(expected, within(1e-6));
    }

    /** θ = (X'X + 100 I)^-1 X'y over the labels known before an origin, by elimination; θ·x of the origin. */
    private static double ridge(double[] y, int origin, int h) {
        int n = 97;
        double[][] a = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            a[i][i] = 100;
        }
        for (int t = 95; t + h < origin; t++) {
            double[] x = lags(y, t);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a[i][j] += x[i] * x[j];
                }
                a[i][n] += x[i] * y[t + h];
            }
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                double f = i == k ? 0 : a[i][k] / a[k][k];
                for (int j = k; f != 0 && j <= n; j++) {
                    a[i][j] -= f * a[k][j];
                }
            }
        }
        double sum = 0;
        double[] x = lags(y, origin - 1);
        for (int i = 0; i < n; i++) {
            sum += a[i][n] / a[i][i] * x[i];
        }
        return sum;
    }

    private static double[] lags(double[] y, int t) {
        double[] x = new double[97];
        for (int i = 0; i < 96; i++) {
            x[i] = y[t - i];
        }
        x[96] = 1;
        return x;
    }

    @Test
    void volatilityIsJudgedByTheMoveThatFollowed() {
        assertThat(Volatility.move(100, 110)).isEqualTo(100 * Math.log(1.1), within(EXACT));
        assertThat(Volatility.variance(Math.exp(-.0392), Math.exp(.0392))).isEqualTo(4, within(1e-9));
        Volatility own = new Volatility();
        own.add(4, 2);
        own.add(1, -3);
        assertThat(own.qlike()).isEqualTo((Math.log(4) + 1 + 9) / 2, within(EXACT));
        double[] y = new double[24];
        for (int t = 0; t < y.length; t++) {
            y[t] = Math.exp(.01 * (t % 2));
        }
        y[21] = Double.NaN;
        double[] seen = new double[24];
        Volatility.smoothed(y, (step, variance, move) -> seen[step] = variance);
        // Every move is 1 %, but for the step over the gap, which is none.
        assertThat(seen[20]).isZero();
        assertThat(seen[22]).isEqualTo(1, within(1e-9));
        assertThat(seen[23]).isEqualTo(.97, within(1e-9));
    }

    @Test
    void harLearnsHowVolatilityFollowsItselfAndSeesNothingAhead() {
        SplittableRandom random = new SplittableRandom(6);
        double[] y = new double[6000];
        y[0] = 100;
        double variance = 1;
        double[] truth = new double[y.length];
        for (int t = 1; t < y.length; t++) {
            truth[t] = variance;
            double move = Math.sqrt(variance) * random.nextGaussian();
            y[t] = y[t - 1] * Math.exp(move / 100);
            variance = .3 + .4 * move * move + .3 * variance;
        }
        Volatility har = new Volatility();
        Volatility smoothed = new Volatility();
        Volatility known = new Volatility();
        double[] said = new double[y.length];
        Volatility.smoothed(y, (step, v, move) -> {
            if (step > 1000) {
                smoothed.add(v, move);
                known.add(truth[step], move);
            }
        });
        Har.run(y, (step, v, move) -> {
            said[step] = v;
            if (step > 1000) {
                har.add(v, move);
            }
        });
        double gain = (smoothed.qlike() - har.qlike()) / (smoothed.qlike() - known.qlike());
        assertThat(gain).as("the way from smoothing to the truth").isBetween(.5, 1.0);
        double[] other = y.clone();
        for (int t = 3000; t < other.length; t++) {
            other[t] *= 1 + .3 * random.nextDouble();
        }
        Har.run(other, (step, v, move) -> {
            if (step <= 3000) {
                assertThat(v).isEqualTo(said[step]);
            }
        });
    }

    @Test
    void standardisingUsesTheTrainingPartAlone() {
        Table table = Online.standardised(Made.table(new double[] {1, 3, 100, -50}), 2);
        assertThat(table.lines().get(0).values()).containsExactly(-1, 1, 98, -52);
    }

    @Test
    void aheadIsGradedAsTheTaxiStudyDoes() {
        double[] y = {2, 4, 6, 8, 10, 12};
        Grader<?> grader = new Ahead(Made.table(y), 2, 3);
        double[] figures = naive(grader, "last", 1, 3).of("last");
        // Actuals 8, 10, 12 against 4, 6, 8.
        assertThat(figures[0]).isEqualTo(4.0 / 10, within(EXACT));
        assertThat(figures[1]).isEqualTo(4 / Math.sqrt(70 / 6.0), within(EXACT));
    }

    @Test
    void pricesAreGradedAsTheStudyOfMemoryNetworksDoes() {
        SplittableRandom random = new SplittableRandom(5);
        double[][] y = new double[2][400];
        for (double[] prices : y) {
            for (int i = 0; i < prices.length; i++) {
                prices[i] = 50 + 20 * random.nextDouble();
            }
        }
        double[] figures =
                naive(new Prices(Made.table(y).closed(), 400), "last", 1, 5).of("last");
        int[] days = {251, 249, 247};
        for (int place = 0; place < 3; place++) {
            int h = 1 + 2 * place;
            double sum = 0;
            for (double[] prices : y) {
                for (int i = 400 - days[place]; i < 400; i++) {
                    sum += (prices[i] - prices[i - h]) * (prices[i] - prices[i - h]);
                }
            }
            assertThat(figures[place]).isEqualTo(sum / (2 * days[place]), within(1e-9));
        }
    }

    @Test
    void prequentialRatiosAreOursOverTheirs() {
        Pipeline pipeline = Made.days("count", 4);
        Table table = Made.table(Made.weekly(1, 80), Made.weekly(2, 80));
        Scoreboard board = new Scoreboard(pipeline.quantiles(), Made.NEW_YEAR + 20 * Made.DAY);
        Prequential grader = new Prequential(table, 20, pipeline);
        var forecaster = Made.forecaster(pipeline);
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Jury(List.of(board, grader)));
        board.against(rerun.rivals());
        grader.against(rerun.rivals());
        rerun.run(table.rows());
        Marks marks = grader.marks();
        int ratio = marks.columns().lastIndexOf("ours");
        int wape = marks.columns().indexOf("WAPE");
        int coverage = marks.columns().indexOf("cov80");
        assertThat(marks.of("seasonal_naive")[ratio])
                .isEqualTo(board.all().errors(board.referencePlace()).ratio(), within(1e-9));
        assertThat(marks.ours()[ratio]).isEqualTo(1, within(EXACT));
        assertThat(marks.ours()[wape]).isEqualTo(board.all().ours().wape(), within(1e-9));
        assertThat(marks.ours()[coverage]).isEqualTo(board.all().ladder().coverage(0), within(EXACT));
    }

    @Test
    void everyExamHasAPipelineThatReadsAndEveryPublishedRowHasAnExam() throws IOException {
        packed("bike_sharing_hourly.csv.gz", "key,timestamp,value,holiday\n");
        List<Exam> exams = Exams.all();
        for (Exam exam : exams) {
            assertThat(exam.pipeline(folder).name()).isEqualTo(exam.name());
            assertThat(exam.pipeline(folder).quantiles()).contains(.025, .1, .5, .9, .975);
        }
        List<String> names = exams.stream().map(Exam::name).toList();
        assertThat(new HashSet<>(names)).hasSameSizeAs(names);
        assertThat(Published.all()).hasSizeGreaterThan(40).allSatisfy(row -> {
            assertThat(names).contains(row.exam());
            assertThat(row.figures()).isNotEmpty();
        });
        assertThat(Published.of("m4-hourly").get(0).method()).isEqualTo("Doornik et al. (238), best hourly");
    }

    private void packed(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve("m4"));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void m3SeriesOfAPeriodAreReadByNameAndGradedByTheirLastHorizon() throws IOException {
        Files.createDirectories(folder.resolve("m3"));
        Files.writeString(
                folder.resolve("m3/m3_series.csv"),
                "key,period,domain\nN1,yearly,micro\nN2,yearly,macro\nN9,other,micro\n");
        StringBuilder rows = new StringBuilder("key,timestamp,value,split\n");
        for (int year = 0; year < 20; year++) {
            for (String key : List.of("N1", "N2", "N9")) {
                if (!key.equals("N2") || year >= 4) {
                    double y = key.equals("N9") ? 1 : 100 + (year < 14 ? year % 2 : 10);
                    rows.append(key).append(',').append(1980 + year).append("-01-01T00:00:00Z,");
                    rows.append(y).append(year < 14 ? ",train\n" : ",test\n");
                }
            }
        }
        packed("m3/m3.csv.gz", rows.toString());
        assertThat(M3.read(folder, "yearly")).containsOnlyKeys("N1", "N2");
        assertThat(M3.read(folder, "yearly").get("N2")).hasSize(16);
        Exam exam = exam("m3-yearly");
        Exam.Outcome outcome = exam.sit(folder, exam.pipeline(folder), Teacher.none(), 1);
        double[] last = outcome.marks().of("the data: last value");
        assertThat(last[0]).isEqualTo(200 * 9.0 / 211, within(1e-9));
        assertThat(last[1]).isEqualTo(9, within(1e-9));
        Files.delete(folder.resolve("m3/m3_series.csv"));
        assertThat(exam.missing(folder)).containsExactly("m3/m3_series.csv");
    }

    private static Exam exam(String name) {
        return Exams.all().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void m4FilesAreLinedUpAtTheirEnds() throws IOException {
        StringBuilder train = new StringBuilder("\"V1\",\"V2\"\n");
        StringBuilder test = new StringBuilder("\"V1\",\"V2\"\n");
        for (int s = 0; s < 3; s++) {
            train.append("\"W").append(s).append('"');
            test.append("\"W").append(s).append('"');
            for (int i = 0; i < 80; i++) {
                train.append(i < 60 + 10 * s ? ",\"" + (100 + 10 * s + i % 9) + "\"" : ",");
            }
            for (int i = 0; i < 13; i++) {
                test.append(",\"").append(110 + 10 * s).append('"');
            }
            train.append('\n');
            test.append('\n');
        }
        packed("m4/Weekly-train.csv.gz", train.toString());
        packed("m4/Weekly-test.csv.gz", test.toString());
        Exam exam = exam("m4-weekly");
        Exam.Outcome outcome = exam.sit(folder, exam.pipeline(folder), Teacher.none(), 1);
        double mase = 0;
        double smape = 0;
        for (int s = 0; s < 3; s++) {
            int n = 60 + 10 * s;
            double change = 0;
            for (int i = 1; i < n; i++) {
                change += Math.abs(i % 9 - (i - 1) % 9);
            }
            double e = 10 - (n - 1) % 9;
            mase += e / (change / (n - 1)) / 3;
            smape += 200 * e / (110 + 10 * s + 100 + 10 * s + (n - 1) % 9) / 3;
        }
        double[] last = outcome.marks().of("the data: last value");
        assertThat(last[0]).isEqualTo(smape, within(1e-9));
        assertThat(last[1]).isEqualTo(mase, within(1e-9));
        assertThat(outcome.marks().of("persistence")[1]).isEqualTo(mase, within(1e-5));
        assertThat(outcome.marks().ours()[3]).as("MSIS").isPositive();
        assertThat(exam.missing(folder)).isEmpty();
        assertThat(new ExamTable(exam, List.of(outcome, outcome)).markdown())
                .contains("| **tidecast** |", "| Naive2 |");
    }
}
