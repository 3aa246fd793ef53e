package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.series.Grid;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private static final float[] QUANTILES = {-3, -2, -1.2f, -.5f, .1f, .6f, 1.5f, 2, 4};

    @Test
    void theLossIsThePinballOfEachLevel() {
        Objective objective = new Objective(.3f);
        objective.add(QUANTILES, 0, new float[] {1}, 1f, new float[Grid.SIZE]);
        double others = 0;
        for (int i = 0; i < Grid.SIZE; i++) {
            double error = 1 - QUANTILES[i];
            double rho = Math.max(Grid.level(i) * error, (Grid.level(i) - 1) * error);
            others += i == Grid.MEDIAN ? 0 : rho / 8;
        }
        assertThat(objective.sum()).isCloseTo(.9 + .3 * others, within(1e-6));
        assertThat(objective.count()).isEqualTo(1);
    }

    @Test
    void theOtherLevelsDoNotPullTheMedian() {
        float[] dy = new float[Grid.SIZE];
        new Objective(.3f).add(QUANTILES, 0, new float[] {1}, 1f, dy);
        double shift = 0;
        for (float slope : dy) {
            shift += slope;
        }
        assertThat(shift)
                .as("what a shift of all levels, the median's way to move, is told")
                .isCloseTo(-1, within(1e-6));
        assertThat(dy[8]).as("the top level lies above").isCloseTo(.3f / 8 * .01f, within(1e-7f));
        assertThat(dy[0]).as("the bottom level lies below").isCloseTo(-.3f / 8 * .01f, within(1e-7f));
    }

    @Test
    void aMissingTargetCostsNothingAndPullsNowhere() {
        Objective objective = new Objective(.3f);
        float[] dy = new float[Grid.SIZE];
        objective.add(QUANTILES, 0, new float[] {Float.NaN}, 1f, dy);
        assertThat(dy).containsOnly(0f);
        assertThat(objective.sum()).isZero();
        assertThat(objective.count()).isZero();
    }

    @Test
    void aStepThatCountsLessPullsLess() {
        float[] whole = new float[Grid.SIZE];
        float[] part = new float[Grid.SIZE];
        new Objective(.3f).add(QUANTILES, 0, new float[] {-1}, 1f, whole);
        Objective objective = new Objective(.3f);
        objective.add(QUANTILES, 0, new float[] {-1}, .25f, part);
        for (int i = 0; i < Grid.SIZE; i++) {
            assertThat(part[i]).isEqualTo(.25f * whole[i]);
        }
        assertThat(objective.count()).isEqualTo(.25);
    }
}
