package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Sales are held against an autoregression that their forecaster does not have. */
class RegressionsTest {
    private static final int HORIZON = 7;

    private static final class Heard implements Judge {
        private final List<double[]> said = new ArrayList<>();
        private int place = -1;

        @Override
        public void issued(Issue issue, Forecast forecast) {
            double[] steps = new double[HORIZON];
            for (int h = 1; h <= HORIZON; h++) {
                steps[h - 1] = issue.rival(place, h);
            }
            said.add(steps);
        }
    }

    private static List<double[]> said(String kind, double[] series) {
        Heard heard = new Heard();
        Rerun rerun = new Rerun(
                Made.forecaster(Made.days(kind, HORIZON)),
                Made.forecaster(Made.days(kind, HORIZON)).firstModel(),
                heard);
        rerun.rivals().regress();
        // The names are settled with the first forecast, in this order: those of the mix, which know the word already.
        heard.place = 6;
        rerun.run(Made.table(series).rows());
        assertThat(rerun.rivals().names().get(heard.place)).isEqualTo("autoregression");
        return heard.said;
    }

    private static double[] wave(int days) {
        double[] values = new double[days];
        for (int i = 0; i < days; i++) {
            values[i] = 40 + 3 * (i % 7) + 12 * Math.sin(i * .3);
        }
        return values;
    }

    @Test
    void whatFollowsFromThePastIsExpected() {
        double[] series = wave(300);
        List<double[]> said = said("nonneg", series);
        for (int origin = 250; origin < 290; origin++) {
            for (int h = 1; h <= HORIZON; h++) {
                assertThat(said.get(origin - 1)[h - 1]).isEqualTo(series[origin + h - 1], within(3.0));
            }
        }
    }

    @Test
    void nothingIsSaidBeforeItsLagsAreKnownNorBelowZero() {
        double[] series = wave(60);
        for (int i = 40; i < 60; i++) {
            series[i] = 0;
        }
        List<double[]> said = said("count", series);
        assertThat(said.get(14)[0]).isNaN();
        assertThat(said.get(15)[0]).isNotNaN();
        assertThat(said.subList(15, said.size()))
                .allSatisfy(steps ->
                        assertThat(Arrays.stream(steps).min().orElseThrow()).isNotNegative());
    }

    @Test
    void whatComesLaterChangesNothingItHasSaid() {
        double[] series = wave(120);
        double[] other = series.clone();
        for (int i = 80; i < 120; i++) {
            other[i] = 1000 - i;
        }
        List<double[]> said = said("count", series);
        List<double[]> elsewhere = said("count", other);
        for (int origin = 0; origin < 80; origin++) {
            assertThat(elsewhere.get(origin)).isEqualTo(said.get(origin));
        }
        assertThat(elsewhere.get(85)).isNotEqualTo(said.get(85));
    }

    @Test
    void aForecasterThatHasOneSpeaksForItself() {
        List<Double> own = new ArrayList<>();
        List<Double> judged = new ArrayList<>();
        Rerun asked = new Rerun(
                Made.forecaster(Made.days("real", HORIZON)),
                Made.forecaster(Made.days("real", HORIZON)).firstModel(),
                new Judge() {
                    @Override
                    public void issued(Issue issue, Forecast forecast) {
                        int place = forecast.mix().names().indexOf("autoregression");
                        own.add((double) (float)
                                Objects.requireNonNull(forecast.experts()).get()[place * HORIZON]);
                        judged.add(issue.rival(place, 1));
                    }
                });
        asked.rivals().regress();
        asked.run(Made.table(wave(80)).rows());
        assertThat(judged).isEqualTo(own);
    }
}
