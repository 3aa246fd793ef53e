package dev.tidecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The small pieces of arithmetic that a forecast is made of. */
class ArithmeticTest {

    @Test
    void exponentialIsWithinThreeUnitsInTheLastPlace() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200_000; i++) {
            double x = random.nextDouble(-700, 700);
            double exact = StrictMath.exp(x);
            assertThat(Math.abs(Exponential.exp(x) - exact)).isLessThanOrEqualTo(3 * Math.ulp(exact));
        }
        assertThat(Exponential.exp(0)).isEqualTo(1);
        assertThat(Exponential.exp(1e9)).isFinite().isGreaterThan(1e300);
        assertThat(Exponential.exp(-1e9)).isPositive().isLessThan(1e-300);
    }

    @Test
    void levelsBetweenThoseOfTheGridAreThoseOfANormalIfTheGridIs() {
        double[] shown = {.01, .025, .1, .3, .5, .8, .975, .99};
        double[] normal = {-2.326348, -1.959964, -1.281552, -.524401, 0, .841621, 1.959964, 2.326348};
        double[] grid = {-2.326348, -1.644854, -1.281552, -.674490, 0, .674490, 1.281552, 1.644854, 2.326348};
        Grid reading = new Grid(shown);
        for (int i = 0; i < shown.length; i++) {
            assertThat(reading.read(grid, i)).as("level %s", shown[i]).isCloseTo(normal[i], within(1e-5));
        }
        assertThat(new Grid(new double[] {.001, .999}).read(grid, 0)).isEqualTo(grid[0]);
        assertThat(new Grid(new double[] {.001, .999}).read(grid, 1)).isEqualTo(grid[8]);
    }

    @Test
    void theMeanIsTheIntegralOfTheQuantileFunction() {
        double[] symmetric = {-9, -5, -3, -1, 0, 1, 3, 5, 9};
        assertThat(Grid.mean(symmetric)).isCloseTo(0, within(1e-12));
        double[] constant = {4, 4, 4, 4, 4, 4, 4, 4, 4};
        assertThat(Grid.mean(constant)).isCloseTo(4, within(1e-12));
        double[] skewed = {0, 0, 0, 0, 0, 0, 0, 0, 100};
        assertThat(Grid.mean(skewed)).isCloseTo(100 * (.04 / 2 + .01), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 28, 48, 400})
    void everyStepHasAGroupThatIsJudgedAtItsMiddle(int horizon) {
        Horizons horizons = new Horizons(horizon);
        assertThat(horizons.representative(0)).isEqualTo(1);
        assertThat(horizons.last(horizons.groups() - 1)).isEqualTo(horizon);
        double before = 0;
        for (int h = 1; h <= horizon; h++) {
            int kind = h == 1 ? 0 : h <= horizon / 2 ? 1 : 2;
            assertThat(horizons.kind(horizons.group(h))).isEqualTo(kind);
            assertThat(horizons.share(h)).isGreaterThan(0).isLessThanOrEqualTo(1);
            double blend = horizons.toward(h) + horizons.share(h);
            assertThat(blend).as("blends move on with the step").isGreaterThanOrEqualTo(before);
            before = blend;
        }
        int first = 1;
        for (int g = 0; g < horizons.groups(); g++) {
            int middle = horizons.representative(g);
            assertThat(middle - first).isBetween(horizons.last(g) - middle, horizons.last(g) - middle + 1);
            assertThat(horizons.toward(middle)).isEqualTo(g);
            assertThat(horizons.share(middle)).isEqualTo(1);
            first = horizons.last(g) + 1;
        }
    }

    @Test
    void aRingForgetsWhatIsOlderThanItsLength() {
        Ring ring = new Ring(2, 5);
        float[] s = new float[8];
        byte[] flags = new byte[Ring.flagBytes(5)];
        for (int i = -20; i <= 20; i++) {
            ring.put(s, flags, i, i, i % 3 == 0);
        }
        for (int i = 16; i <= 20; i++) {
            assertThat(ring.value(s, i)).isEqualTo(i);
            assertThat(ring.filled(flags, i)).isEqualTo(i % 3 == 0);
        }
        assertThat(s[0] + s[1] + s[7]).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void smoothingLearnsASeason(boolean multiplies) {
        int season = 7;
        Smoothing smoothing = Smoothing.of(1, season, multiplies, new Smoothing.Pace(.08, .13, .8, .08), 14);
        float[] s = new float[1 + Smoothing.size(season, multiplies)];
        smoothing.begin(s, 100);
        for (int i = 0; i < 700; i++) {
            smoothing.step(s, i % season, value(i), i, 5);
        }
        for (int h = 1; h <= 14; h++) {
            assertThat(smoothing.expected(s, h, (699 + h) % season)).isCloseTo(value(699 + h), within(1.0));
        }
    }

    private static double value(int i) {
        return 100 + 10 * (i % 7);
    }

    @Test
    void withoutASeasonATrendIsFollowedAndDiesAway() {
        Smoothing smoothing = Smoothing.of(1, 1, false, new Smoothing.Pace(.1, .6, .9, 0), 40);
        float[] s = new float[1 + Smoothing.size(1, false)];
        smoothing.begin(s, 0);
        for (int i = 1; i < 60; i++) {
            smoothing.step(s, 0, 3 * i, i, 5);
        }
        double before = 3 * 59;
        for (int h = 1; h <= 40; h++) {
            double expected = smoothing.expected(s, h, 0);
            assertThat(expected).as("step %d", h).isBetween(before, 3.0 * (59 + h));
            before = expected;
        }
        assertThat(smoothing.expected(s, 1, 0)).isBetween(178.0, 180.0);
        // .9 + .81 + ... comes to 9 steps of the trend and no more.
        assertThat(before).isLessThan(177 + 27);
    }

    @Test
    void aTrendIsWorkedOutAsByHand() {
        Smoothing smoothing = Smoothing.of(0, 1, false, new Smoothing.Pace(.1, .6, .9, 0), 3);
        float[] s = new float[Smoothing.size(1, false)];
        smoothing.begin(s, 10);
        smoothing.step(s, 0, 20, 1, 1);
        // e = 10: the level takes .7 of it, the trend .14.
        assertThat(smoothing.expected(s, 1, 0)).isCloseTo(17 + .9 * 1.4, within(1e-5));
        assertThat(smoothing.expected(s, 3, 0)).isCloseTo(17 + (.9 + .81 + .729) * 1.4, within(1e-5));
        smoothing.step(s, 0, 18.26, 2, 1);
        assertThat(smoothing.expected(s, 2, 0)).isCloseTo(18.26 + (.9 + .81) * 1.26, within(1e-5));
        // Far off, and old enough to know better: five times the spread counts.
        smoothing.step(s, 0, 1e6, 20, 2);
        double level = 18.26 + .9 * 1.26 + .7 * 10;
        double trend = .9 * 1.26 + .14 * 10;
        assertThat(smoothing.expected(s, 1, 0)).isCloseTo(level + .9 * trend, within(1e-4));
    }

    @Test
    void aMultiplicativeLevelNeverFallsBelowZero() {
        Smoothing smoothing = Smoothing.of(0, 7, true, new Smoothing.Pace(.08, .13, .8, .08), 28);
        float[] s = new float[Smoothing.size(7, true)];
        SplittableRandom random = new SplittableRandom(4);
        smoothing.begin(s, 50);
        for (int i = 0; i < 5000; i++) {
            smoothing.step(s, i % 7, i % 100 < 50 ? 0 : random.nextInt(1000), i, 100);
            for (int h = 1; h <= 28; h++) {
                assertThat(smoothing.expected(s, h, h % 7)).isNotNegative().isFinite();
            }
        }
    }

    @Test
    void offsetsStayAscendingAndFindTheQuantilesOfTheirErrors() {
        Horizons horizons = new Horizons(4);
        Offsets offsets = new Offsets(0, horizons, false);
        float[] s = new float[Offsets.size(horizons)];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 40_000; i++) {
            double r = random.nextDouble(-1, 3);
            offsets.learn(s, 1, m -> r - m, i);
            for (int level = 1; level < Grid.SIZE; level++) {
                assertThat(offsets.at(s, 2, level)).isGreaterThanOrEqualTo(offsets.at(s, 2, level - 1));
            }
        }
        for (int level = 0; level < Grid.SIZE; level++) {
            assertThat(offsets.at(s, 2, level)).isCloseTo(-1 + 4 * Grid.level(level), within(.25));
        }
    }

    @Test
    void tailsThatBeganFarTooWideComeInOneStepAheadWithinAHundredScores() {
        Horizons horizons = new Horizons(28);
        Offsets offsets = new Offsets(0, horizons, false);
        float[] wide = {-8, -6, -4, -1, 0, 1, 4, 6, 8};
        double[] outer = new double[horizons.groups()];
        for (int g = 0; g < horizons.groups(); g += 2) {
            float[] s = new float[Offsets.size(horizons)];
            offsets.begin(s, g, wide, 0);
            SplittableRandom random = new SplittableRandom(3);
            for (int i = 0; i < 100; i++) {
                double r = random.nextGaussian();
                offsets.learn(s, g, m -> r - m, i);
            }
            outer[g] = s[g * Grid.SIZE + Grid.SIZE - 1];
        }
        // Nothing lies beyond 4: each score moves the level of .99 by a hundredth of its pace.
        double paces = 0;
        for (int i = 0; i < 100; i++) {
            paces += Math.max(.03, .15 / Math.sqrt(i + 1.0));
        }
        assertThat(outer[0]).isCloseTo(8 - 3 * .01 * paces, within(1e-4));
        assertThat(outer[2]).as("far ahead errors overlap").isGreaterThan(8 - .01 * paces - 1e-4);
    }

    @Test
    void aValueOnALevelMovesItNowhere() {
        Horizons horizons = new Horizons(1);
        Offsets offsets = new Offsets(0, horizons, false);
        float[] s = new float[] {-4, -3, -2, -1, 0, 1, 2, 3, 4};
        offsets.learn(s, 0, m -> Math.rint(.3) - Math.rint(m / 2), 9);
        assertThat(s[4]).isZero();
        assertThat(s[2]).isGreaterThan(-2);
        assertThat(s[8]).isLessThan(4);
    }

    @Test
    void centredOffsetsKeepTheMedianWhereTheLocationIs() {
        Horizons horizons = new Horizons(1);
        Offsets offsets = new Offsets(0, horizons, true);
        float[] s = new float[Offsets.size(horizons)];
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 2000; i++) {
            double r = random.nextDouble(0, 5);
            offsets.learn(s, 0, m -> r - m, i);
            assertThat(offsets.at(s, 1, Grid.MEDIAN)).isZero();
            assertThat(s).isSorted();
        }
        assertThat(offsets.at(s, 1, Grid.SIZE - 1)).isGreaterThan(4);
    }

    @Test
    void aSpreadFollowsTheSizeOfTheErrorsAndTheirSeason() {
        Horizons horizons = new Horizons(4);
        Spread spread = new Spread(0, 2, horizons, false, .02);
        float[] s = new float[Spread.size(2, horizons)];
        spread.begin(s, new double[] {100, 100, 100});
        for (int i = 0; i < 3000; i++) {
            double e = i % 2 == 0 ? 1 : 3;
            spread.learn(s, i % 2, new double[] {e, -2 * e, 4 * e}, i, 1e-6);
        }
        assertThat(spread.first(s)).isCloseTo(2, within(.1));
        assertThat(spread.at(s, 1, 0)).isCloseTo(1.5, within(.2));
        assertThat(spread.at(s, 1, 1)).isCloseTo(2.5, within(.2));
        assertThat(spread.at(s, 4, 1) / spread.at(s, 1, 1)).isCloseTo(4, within(.2));
        assertThat(spread.at(s, 3, 1)).isBetween(spread.at(s, 2, 1), spread.at(s, 4, 1));
    }

    @Test
    void aGroupWithoutErrorsMovesInProportionWithTheFirst() {
        Horizons horizons = new Horizons(4);
        Spread spread = new Spread(0, 1, horizons, false, .02);
        float[] s = new float[Spread.size(1, horizons)];
        spread.begin(s, new double[] {10, 15, 20});
        for (int i = 0; i < 2000; i++) {
            spread.learn(s, 0, new double[] {1, Double.NaN, Double.NaN}, i, 1e-6);
        }
        assertThat(spread.first(s)).isCloseTo(1, within(.01));
        assertThat(spread.at(s, 2, 0) / spread.at(s, 1, 0)).isCloseTo(1.5, within(.01));
        assertThat(spread.at(s, 4, 0) / spread.at(s, 1, 0)).isCloseTo(2, within(.01));
    }

    @Test
    void theWidthOfAWalkGrowsWithTheRootOfTheStep() {
        Spread spread = new Spread(0, 1, new Horizons(25), true, .06);
        float[] s = new float[Spread.size(1, new Horizons(25))];
        spread.begin(s, new double[] {.02, .02, .02});
        assertThat(spread.at(s, 25, 0) / spread.at(s, 1, 0)).isCloseTo(5, within(1e-9));
    }
}
