package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every figure against one worked out by hand, or by a second, slower way. */
class ScorersTest {
    private static final double EXACT = 1e-12;

    /** Of a course whose differences are 0 and 4: their mean is 2, that of their squares 8. */
    private static Issue scaled() {
        Course course = new Course("k", 1, 3, Buckets.none(), false);
        for (double y : new double[] {5, 5, 9}) {
            course.step(y, new Judge() {});
        }
        return course.issue(new Issue.Shape(3, 0, 0), 0);
    }

    private static Issue unscaled() {
        return new Course("k", 1, 3, Buckets.none(), false).issue(new Issue.Shape(3, 0, 0), 0);
    }

    /** Keeps all it hears. */
    private static final class Rerunner implements Judge {
        private final List<Issue> issues = new ArrayList<>();
        private final Map<Long, Map<Integer, Double>> actuals = new TreeMap<>();

        List<Issue> forecasts(Pipeline pipeline, Table table) {
            Made.run(pipeline, table, this);
            return issues;
        }

        @Override
        public void issued(Issue issue, Forecast forecast) {
            issues.add(issue.kept());
        }

        @Override
        public void matured(Issue issue, int h, double actual) {
            if (issue.course().key().equals("k0")) {
                actuals.computeIfAbsent(issue.origin(), o -> new TreeMap<>()).put(h, actual);
            }
        }
    }

    @Test
    void pointErrorsAreThoseWorkedOutByHand() {
        Errors errors = new Errors();
        Issue issue = scaled();
        errors.add(issue, 10, 7, 8, 9);
        errors.add(issue, 0, 1, -2, 0);
        errors.add(unscaled(), -4, -4, -4, -6);
        assertThat(errors.n()).isEqualTo(3);
        assertThat(errors.mae()).isEqualTo(4 / 3.0, within(EXACT));
        assertThat(errors.wape()).isEqualTo(4 / 14.0, within(EXACT));
        assertThat(errors.rmse()).isEqualTo(Math.sqrt(8 / 3.0), within(EXACT));
        assertThat(errors.bias()).isEqualTo(-4 / 14.0, within(EXACT));
        assertThat(errors.smape()).isEqualTo((600 / 17.0 + 200 + 0) / 3, within(EXACT));
        assertThat(errors.mase()).isEqualTo((3 / 2.0 + 1 / 2.0) / 2, within(EXACT));
        assertThat(errors.rmsse()).isEqualTo(Math.sqrt((4 / 8.0 + 4 / 8.0) / 2), within(EXACT));
        assertThat(errors.ratio()).isEqualTo((1 + 0 + 2) / 4.0, within(EXACT));
        assertThat(errors.skill()).isEqualTo(.25, within(EXACT));
    }

    @Test
    void sumsOfErrorsAreErrorsOfTheWhole() {
        Errors whole = new Errors();
        Errors one = new Errors();
        Errors other = new Errors();
        for (int i = 0; i < 10; i++) {
            (i % 3 == 0 ? one : other).add(scaled(), i, i + 1, i - 2, i);
            whole.add(scaled(), i, i + 1, i - 2, i);
        }
        one.add(other);
        assertThat(one)
                .usingRecursiveComparison()
                .withComparatorForType((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1, Double.class)
                .isEqualTo(whole);
    }

    @Test
    void intervalsAndPinballAreThoseWorkedOutByHand() {
        Pipeline pipeline = Made.days("nonneg", 3);
        Rerunner heard = new Rerunner();
        Issue issue = heard.forecasts(pipeline, Made.table(Made.weekly(1, 40))).get(30);
        double low = issue.quantile(1, 0);
        double mid = issue.quantile(1, 1);
        double high = issue.quantile(1, 2);
        Ladder ladder = new Ladder(pipeline.quantiles());
        ladder.add(issue, 1, low - 1);
        ladder.add(issue, 1, low);
        ladder.add(issue, 1, high + 2);
        assertThat(ladder.coverage(0)).isEqualTo(1 / 3.0, within(EXACT));
        assertThat(ladder.nominal(0)).isEqualTo(.8, within(EXACT));
        assertThat(ladder.width(0)).isEqualTo(high - low, within(1e-9));
        assertThat(ladder.below(0)).isEqualTo(2 / 3.0, within(EXACT));
        double atLow = .9 * 1 + .1 * (high + 2 - low);
        double atMid = .5 * (mid - low + 1) + .5 * (mid - low) + .5 * (high + 2 - mid);
        double atHigh = .1 * (high - low + 1) + .1 * (high - low) + .9 * 2;
        assertThat(ladder.pinball()).isEqualTo((atLow + atMid + atHigh) / 9, within(1e-9));
    }

    @Test
    void everyForecastMeetsTheActualOfItsOwnStep() {
        double[] series = Made.weekly(2, 60);
        Rerunner heard = new Rerunner();
        List<Issue> issues = heard.forecasts(Made.days("count", 5), Made.table(series));
        // The last day stays open: it is neither forecast from nor judged.
        assertThat(issues).hasSize(59);
        for (Issue issue : issues) {
            int origin = (int) ((issue.origin() - Made.NEW_YEAR) / Made.DAY);
            Map<Integer, Double> due = heard.actuals.getOrDefault(issue.origin(), Map.of());
            assertThat(due).hasSize(Math.max(0, Math.min(5, 59 - origin)));
            due.forEach((h, actual) -> assertThat(actual).isEqualTo(series[origin + h - 1]));
        }
    }

    @Test
    void baselinesAndScalesKnowWhatTheOriginKnew() {
        double[] series = Made.weekly(5, 50);
        List<Issue> issues = new ArrayList<>();
        List<String> rivals = Made.run(Made.days("count", 9), Made.table(series), new Judge() {
                    @Override
                    public void issued(Issue issue, Forecast forecast) {
                        issues.add(issue.kept());
                    }
                })
                .rivals()
                .names();
        int persistence = rivals.indexOf("persistence");
        int seasonal = rivals.indexOf("seasonal_naive");
        for (Issue issue : issues) {
            int origin = (int) ((issue.origin() - Made.NEW_YEAR) / Made.DAY);
            assertThat(issue.rival(persistence, 4)).isEqualTo(series[origin - 1]);
            if (origin >= 7) {
                assertThat(issue.rival(seasonal, 3)).isEqualTo(series[origin + 2 - 7]);
                assertThat(issue.rival(seasonal, 9))
                        .isEqualTo(series[origin + 8 - 14 >= 0 ? origin + 8 - 14 : origin - 1]);
            }
            double differences = 0;
            for (int t = 7; t < origin; t++) {
                differences += Math.abs(series[t] - series[t - 7]);
            }
            double scale = origin < 14 ? Double.NaN : differences / (origin - 7);
            assertThat(issue.scale()).isEqualTo(Double.valueOf(scale));
        }
    }

    @Test
    void silentDaysAreZeroForSumsAndNothingElsewhere() {
        double nan = Double.NaN;
        double[] series = {4, 5, nan, nan, 6, 7, 8};
        for (String kind : List.of("count", "real", "positive")) {
            Rerunner heard = new Rerunner();
            heard.forecasts(Made.days(kind, 2), Made.table(series, Made.weekly(1, 7)));
            Map<Integer, Double> due = heard.actuals.getOrDefault(Made.NEW_YEAR + 2 * Made.DAY, Map.of());
            if (!kind.equals("positive")) {
                assertThat(due).isEqualTo(Map.of(1, 0.0, 2, 0.0));
            } else {
                assertThat(heard.actuals.values().stream().flatMap(a -> a.values().stream()))
                        .doesNotContain(0.0);
            }
        }
    }

    @Test
    void everyEventIsAStepWithoutBuckets() {
        double[] series = Made.weekly(3, 30);
        Rerunner heard = new Rerunner();
        List<Issue> issues =
                heard.forecasts(Made.pipeline("bucket: none\nhorizon: 3\ntarget: {kind: real}"), Made.table(series));
        assertThat(issues).hasSize(30);
        heard.actuals.forEach((origin, due) -> due.forEach((h, actual) -> {
            int at = (int) ((origin - Made.NEW_YEAR) / Made.DAY);
            assertThat(actual).isEqualTo(series[at + h]);
        }));
        assertThat(heard.actuals).hasSize(29);
    }

    @Test
    void aRerunRefusesAForecasterThatSpeaksBetweenCloses() {
        assertThat(Made.forecaster(Made.days("count", 2)).settings().emit()).isEqualTo(Emit.BUCKET);
    }
}
