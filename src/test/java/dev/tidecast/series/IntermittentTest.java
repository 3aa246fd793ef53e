package dev.tidecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntermittentTest {
    private static final Intermittent EXPERT = new Intermittent(1);

    /** Its numbers lie at place 1 of something larger. */
    private static float[] begun(double z) {
        float[] s = {7, 0, 0, 7};
        EXPERT.begin(s, z);
        EXPERT.step(s, z, 0);
        return s;
    }

    private static void stands(float[] s, double chance, double size) {
        assertThat(s[1]).isCloseTo((float) chance, within(1e-6f));
        assertThat(s[2]).isCloseTo((float) size, within(1e-5f));
        assertThat(EXPERT.expected(s)).isCloseTo(chance * size, within(1e-5));
        assertThat(s[0] + s[3]).isEqualTo(14);
    }

    @Test
    void chanceAndSizeAreWorkedOutAsByHand() {
        float[] s = begun(4);
        stands(s, 1, 4);
        EXPERT.step(s, 0, 1);
        stands(s, 2 / 3., 4); // 1 - 1/3
        EXPERT.step(s, 7, 2);
        stands(s, 3 / 4., 37 / 7.); // about 4/3 sales before: 4 + 3/7 × 3; 2/3 + 1/4 × 1/3
        EXPERT.step(s, 0, 3);
        stands(s, 3 / 5., 37 / 7.);
        EXPERT.step(s, 0, 4);
        stands(s, 1 / 2., 37 / 7.);
        EXPERT.step(s, 2, 5);
        stands(s, 4 / 7., 213 / 49.); // 5/2 sales: 37/7 + 2/7 × (2 - 37/7)
    }

    @Test
    void ofAnOldKeyATwentiethOfTheChanceAndATenthOfTheSizeAreReplaced() {
        float[] s = {0, .5f, 10, 0};
        EXPERT.step(s, 20, 1000);
        assertThat(s[2]).isCloseTo(11, within(1e-5f));
        assertThat(s[1]).isCloseTo(.525f, within(1e-6f));
        EXPERT.step(s, 0, 1001);
        assertThat(s[2]).isCloseTo(11, within(1e-5f));
        assertThat(s[1]).isCloseTo(.49875f, within(1e-6f));
    }

    @Test
    void theFirstSaleOfAKeyThatBeganWithZerosGivesItsSize() {
        float[] s = begun(0);
        for (int n = 1; n < 4; n++) {
            EXPERT.step(s, 0, n);
            stands(s, 0, 0);
        }
        EXPERT.step(s, 6, 4);
        stands(s, 1 / 6., 6);
    }

    @Test
    void aSoldOutStepWithoutASaleSaysNothingAndASmallSaleSaysNothingOfSize() {
        float[] s = {7, .5f, 10, 7};
        EXPERT.stepAtLeast(s, 0, 1000);
        stands(s, .5, 10);
        EXPERT.stepAtLeast(s, 3, 1000);
        stands(s, .525, 10);
        EXPERT.stepAtLeast(s, 20, 1000);
        stands(s, .54875, 11);
    }

    @Test
    void whatIsExpectedIsAboutTheMeanOfARareSeries() {
        SplittableRandom random = new SplittableRandom(8);
        float[] s = begun(3);
        double sum = 0;
        for (int n = 1; n <= 4000; n++) {
            EXPERT.step(s, random.nextInt(5) == 0 ? random.nextInt(1, 10) : 0, n);
            sum += n > 100 ? EXPERT.expected(s) / 3900 : 0;
        }
        assertThat(sum).isCloseTo(1, within(.05));
    }
}
