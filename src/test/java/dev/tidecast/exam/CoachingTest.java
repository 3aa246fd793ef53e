package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Table;
import dev.tidecast.backtest.Tutor;
import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.learn.Crew;
import dev.tidecast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoachingTest {
    private static final int DAYS = 320;
    private static final int HORIZON = 4;
    private static final Pipeline PIPELINE = pipeline(1);
    private static final long FIRST = PIPELINE.buckets().index(Made.NEW_YEAR);
    private static final Lessons LESSONS = new Lessons(7, FIRST + 30, FIRST + 250, 1, 2, 1e-2);

    private static Pipeline pipeline(int members) {
        return Made.pipeline(String.join(
                "\n",
                "bucket: {size: P1D, aggregate: sum}",
                "season: 7",
                "target: {kind: real}",
                "horizon: " + HORIZON,
                "model: {cell: lstm, units: [4], lags: [7], calendar: false, members: " + members + "}"));
    }

    private static List<Forecast> stream(Table table, long until) {
        return stream(PIPELINE, table, until);
    }

    /** All forecasts of a stream with lessons, those of one origin in the order of the keys. */
    private static List<Forecast> stream(Pipeline pipeline, Table table, long until) {
        List<Forecast> issued = new ArrayList<>();
        Judge ears = new Judge() {
            @Override
            public void issued(Issue issue, Forecast forecast) {
                issued.add(forecast);
            }
        };
        Forecaster forecaster = Made.forecaster(pipeline);
        Model first = forecaster.firstModel();
        try (Crew crew = new Crew(1)) {
            Coaching.Student student = new Coaching.Student(forecaster, first, 1, null);
            Tutor tutor = new Coaching(student, table.before(table.length()), LESSONS, crew).until(until, first);
            Rerun rerun = new Rerun(forecaster, first, ears);
            rerun.learnFrom(tutor);
            rerun.run(table.rows());
        }
        return issued;
    }

    private static Table table() {
        return Made.table(Made.weekly(1, DAYS), Made.weekly(2, DAYS));
    }

    private static Table perturbedAfter(int step) {
        List<Table.Line> lines = new ArrayList<>();
        for (Table.Line line : table().lines()) {
            double[] values = line.values().clone();
            for (int i = step; i < values.length; i++) {
                values[i] = 3 * values[i] + 100;
            }
            lines.add(new Table.Line(line.key(), values));
        }
        return table().with(lines);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatHasNotHappenedYetChangesNoForecast(int members) {
        List<Forecast> whole = stream(pipeline(members), table(), Long.MAX_VALUE);
        for (int step : new int[] {120, 201, 245}) {
            List<Forecast> other = stream(pipeline(members), perturbedAfter(step), Long.MAX_VALUE);
            int told = 0;
            for (int i = 0; i < whole.size(); i++) {
                Forecast one = whole.get(i);
                long origin = PIPELINE.buckets().index(one.origin()) - FIRST;
                if (origin <= step) {
                    assertThat(other.get(i).modelVersion()).isEqualTo(one.modelVersion());
                    assertThat(other.get(i).quantiles()).isEqualTo(one.quantiles());
                    assertThat(other.get(i).means()).isEqualTo(one.means());
                    told++;
                }
            }
            assertThat(told).isEqualTo(2 * step);
            assertThat(other.get(other.size() - 1).modelVersion())
                    .isNotEqualTo(whole.get(whole.size() - 1).modelVersion());
        }
    }

    @Test
    void theModelChangesAtEveryLessonOnceThereIsEnoughToLearnFrom() {
        List<String> versions = stream(table(), Long.MAX_VALUE).stream()
                .map(Forecast::modelVersion)
                .distinct()
                .toList();
        assertThat(versions.get(0)).isEqualTo("experts");
        assertThat(versions).hasSizeBetween(20, 45);
    }

    @Test
    void frozenWeightsAreThoseThatWereThere() {
        List<Forecast> whole = stream(table(), Long.MAX_VALUE);
        List<Forecast> frozen = stream(table(), LESSONS.frozen());
        for (int i = 0; i < whole.size(); i++) {
            if (PIPELINE.buckets().index(whole.get(i).origin()) <= LESSONS.frozen()) {
                assertThat(frozen.get(i).quantiles()).isEqualTo(whole.get(i).quantiles());
            }
        }
        assertThat(frozen.stream().map(Forecast::modelVersion).distinct().count())
                .isLessThan(
                        whole.stream().map(Forecast::modelVersion).distinct().count());
    }
}
