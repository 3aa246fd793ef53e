package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Table;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HedgesTest {
    private static final double NONE = Double.NaN;

    private static double[] weights(Hedge hedge, int experts) {
        double[] weights = new double[experts];
        hedge.weights(weights, 0);
        return weights;
    }

    @Test
    void theWeightsAreThoseWorkedOutByHand() {
        Hedge hedge = new Hedge(new Hedge.Pace(.1, .01), 2, 0);
        assertThat(weights(hedge, 2)).containsExactly(1, 0);
        hedge.learn(new double[] {3, -1});
        // The mean error is 2, so the losses are 1.5 and .5; the second had no weight to lose.
        assertThat(weights(hedge, 2)).containsExactly(.995, .005);
        hedge.learn(new double[] {4, 0});
        // Still 2 where the losses 2 and 0 are taken; the mean stays 2.
        double one = .995 * Math.exp(-.2);
        double first = .99 * one / (one + .005) + .005;
        assertThat(weights(hedge, 2)[0]).isEqualTo(first, within(1e-12));
        hedge.learn(new double[] {100, NONE});
        // 100 / 2 counts as 10; the one that was silent loses as much, so nothing but the share moves.
        assertThat(weights(hedge, 2)[0]).isEqualTo(.99 * first + .005, within(1e-12));
        assertThat(weights(hedge, 2)[0] + weights(hedge, 2)[1]).isEqualTo(1, within(1e-12));
    }

    @Test
    void theWeightMovesToTheBetterExpertWithinEightySteps() {
        SplittableRandom random = new SplittableRandom(4);
        Hedge hedge = new Hedge(Hedge.Pace.STANDARD, 2, 0);
        for (int i = 0; i < 80; i++) {
            hedge.learn(new double[] {2 * random.nextDouble(), random.nextDouble()});
        }
        assertThat(weights(hedge, 2)[1]).isGreaterThan(.75);
        for (int i = 0; i < 80; i++) {
            hedge.learn(new double[] {random.nextDouble(), 2 * random.nextDouble()});
        }
        assertThat(weights(hedge, 2)[0]).isGreaterThan(.75);
    }

    @Test
    void errorsOfAnySizeGiveTheSameWeights() {
        SplittableRandom random = new SplittableRandom(6);
        Hedge small = new Hedge(Hedge.Pace.STANDARD, 3, -1);
        Hedge large = new Hedge(Hedge.Pace.STANDARD, 3, -1);
        for (int i = 0; i < 200; i++) {
            double[] errors = {random.nextDouble(), 2 * random.nextDouble(), i % 3 == 0 ? NONE : random.nextDouble()};
            small.learn(errors.clone());
            large.learn(new double[] {1024 * errors[0], 1024 * errors[1], 1024 * errors[2]});
        }
        assertThat(weights(large, 3)).isEqualTo(weights(small, 3));
    }

    @Test
    void nothingButZerosLeavesTheWeightsAlone() {
        Hedge hedge = new Hedge(Hedge.Pace.STANDARD, 2, 0);
        hedge.learn(new double[] {0, 0});
        hedge.learn(new double[] {NONE, NONE});
        assertThat(weights(hedge, 2)).containsExactly(1, 0);
    }

    /** Every graded forecast of a contender, in words. */
    private static final class Ears extends Grader<List<String>> {
        Ears(Table table) {
            super(table);
        }

        @Override
        boolean counts(int origin, int h) {
            return true;
        }

        @Override
        List<String> begin() {
            return new ArrayList<>();
        }

        @Override
        void add(List<String> tally, Hit hit) {
            tally.add(hit.line() + " " + hit.origin() + " " + hit.h() + " " + hit.mean());
        }

        @Override
        List<String> columns() {
            return List.of();
        }

        @Override
        double[] figures(List<String> tally) {
            return new double[0];
        }
    }

    private static List<String> hedged(Table table) {
        Pipeline pipeline = Made.days("count", 14);
        Forecaster forecaster = Made.forecaster(pipeline);
        Ears ears = new Ears(table);
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), ears);
        ears.against(rerun.rivals());
        rerun.run(table.rows());
        return ears.tally(Hedges.NAME);
    }

    @Test
    void whatItSaysKnowsNothingOfWhatComesAfter() {
        double[] one = Made.weekly(1, 90);
        double[] other = Made.weekly(2, 90);
        Table table = Made.table(one, other);
        double[] changed = one.clone();
        int from = 60;
        for (int i = from; i < changed.length; i++) {
            changed[i] = 500 - changed[i];
        }
        List<String> before = hedged(table);
        List<String> after = hedged(Made.table(changed, other));
        assertThat(before).hasSize(after.size()).hasSizeGreaterThan(2000);
        int same = 0;
        int different = 0;
        for (int i = 0; i < before.size(); i++) {
            int origin = Integer.parseInt(before.get(i).split(" ")[1]);
            if (origin <= from) {
                assertThat(after.get(i)).isEqualTo(before.get(i));
                same++;
            } else if (before.get(i).startsWith("0 ")) {
                different += after.get(i).equals(before.get(i)) ? 0 : 1;
            }
        }
        assertThat(same).isGreaterThan(1000);
        assertThat(different).isPositive();
    }

    @Test
    void whatItSaysLiesBetweenItsExperts() {
        Table table = Made.table(Made.weekly(3, 60));
        Pipeline pipeline = Made.days("count", 4);
        Forecaster forecaster = Made.forecaster(pipeline);
        Hedges hedges = new Hedges(Hedge.Pace.STANDARD, 4, 6, -1);
        List<Double> outside = new ArrayList<>();
        Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Judge() {
            @Override
            public void issued(Issue issue, dev.tidecast.forecast.answer.Forecast forecast) {
                hedges.issued(issue);
            }

            @Override
            public void matured(Issue issue, int h, double actual) {
                double low = Double.POSITIVE_INFINITY;
                double high = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < 6; k++) {
                    double rival = issue.rival(k, h);
                    low = Double.isNaN(rival) ? low : Math.min(low, rival);
                    high = Double.isNaN(rival) ? high : Math.max(high, rival);
                }
                double said = hedges.said(issue, h);
                if (!(said >= low - 1e-4 && said <= high + 1e-4)) {
                    outside.add(said);
                }
                hedges.matured(issue, h, actual);
            }
        });
        rerun.run(table.rows());
        assertThat(outside).isEmpty();
        assertThat(rerun.issued()).isEqualTo(59);
    }
}
