package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How good the experts are on made series: honest intervals, and no worse than the seasonal naive. */
class AccuracyTest {
    private static final int KEYS = 8;

    /** Sums over the scores of one horizon, once the keys have warmed up. */
    private static final class Sums {
        double error;
        double seasonalNaive;
        double persistence;
        double covered;
        double count;

        void add(Score.Matured m) {
            error += m.absoluteError();
            seasonalNaive += m.seasonalNaive();
            persistence += m.persistence();
            covered += m.covered() ? 1 : 0;
            count++;
        }
    }

    private static TreeMap<Integer, Sums> run(Settings settings, int steps, IntToDoubleFunction[] series) {
        Shop shop = new Shop(settings).scoresOnly();
        long size = settings.buckets().usualMillis();
        for (int i = 0; i < steps; i++) {
            for (int k = 0; k < series.length; k++) {
                shop.see("key" + k, NEW_YEAR + i * size, series[k].applyAsDouble(i));
            }
        }
        TreeMap<Integer, Sums> sums = new TreeMap<>();
        for (Score score : shop.scores) {
            if (score.ts() > NEW_YEAR + steps / 4 * size) {
                score.matured()
                        .forEach(m ->
                                sums.computeIfAbsent(m.h(), h -> new Sums()).add(m));
            }
        }
        return sums;
    }

    private static IntToDoubleFunction[] keys(long seed, Function<SplittableRandom, IntToDoubleFunction> maker) {
        IntToDoubleFunction[] keys = new IntToDoubleFunction[KEYS];
        for (int k = 0; k < KEYS; k++) {
            keys[k] = maker.apply(new SplittableRandom(seed * 1000 + k));
        }
        return keys;
    }

    private static void holds(TreeMap<Integer, Sums> sums, double worstRatio, double leastCover, double mostCover) {
        assertThat(sums).hasSize(3);
        sums.forEach((h, s) -> {
            assertThat(s.error / s.seasonalNaive)
                    .as("error over seasonal naive, h %d", h)
                    .isLessThanOrEqualTo(worstRatio);
            assertThat(s.covered / s.count).as("coverage of 80 %%, h %d", h).isBetween(leastCover, mostCover);
        });
    }

    private static double normal(SplittableRandom random) {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum - 6;
    }

    private static double poisson(SplittableRandom random, double mean) {
        double product = random.nextDouble();
        int count = 0;
        for (double limit = StrictMath.exp(-mean); product > limit; count++) {
            product *= random.nextDouble();
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void weeklySalesAreForecastBetterThanNaivelyWithHonestIntervals(long seed) {
        IntToDoubleFunction[] keys = keys(seed, random -> {
            double base = random.nextDouble(5, 60);
            return i -> poisson(random, base * (1 + .5 * StrictMath.sin(i % 7)) * (1 + .3 * StrictMath.sin(i / 58.0)));
        });
        holds(run(Shop.days(TargetKind.COUNT, 28, 0, Emit.BUCKET), 500, keys), .95, .76, .88);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void intermittentSalesAreForecastNoWorseThanNaivelyAndCovered(long seed) {
        IntToDoubleFunction[] keys = keys(seed, random -> {
            double rate = random.nextDouble(.05, .4);
            return i -> random.nextDouble() < rate ? 1 + poisson(random, 1) : 0;
        });
        holds(run(Shop.days(TargetKind.COUNT, 28, 0, Emit.BUCKET), 500, keys), .8, .76, 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hourlyLoadsAreForecastBetterThanNaivelyWithHonestIntervals(long seed) {
        IntToDoubleFunction[] keys = keys(seed, random -> {
            double[] drift = {0};
            return i -> {
                drift[0] = .9 * drift[0] + normal(random);
                return 100 + 30 * StrictMath.sin(i % 24 * Math.PI / 12) + 4 * drift[0];
            };
        });
        holds(run(Shop.hours(TargetKind.POSITIVE, 48, 0, Emit.BUCKET), 1200, keys), .99, .75, .85);
        holds(run(Shop.hours(TargetKind.REAL, 48, 0, Emit.BUCKET), 1200, keys), .99, .75, .85);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void pricesStayAtPersistenceAndTheirIntervalsFollowVolatility(long seed) {
        IntToDoubleFunction[] keys = keys(seed, random -> {
            double[] price = {100};
            return i -> {
                double volatility = i / 100 % 2 == 0 ? .005 : .02;
                return price[0] *= StrictMath.exp(volatility * normal(random));
            };
        });
        TreeMap<Integer, Sums> sums = run(Shop.days(TargetKind.PRICE, 10, 0, Emit.BUCKET), 1000, keys);
        sums.forEach((h, s) -> {
            assertThat(s.error / s.persistence).as("h %d", h).isBetween(.999, 1.001);
            assertThat(s.covered / s.count).as("h %d", h).isBetween(.74, .86);
        });
    }

    @Test
    void aNewLevelIsFollowed() {
        SplittableRandom random = new SplittableRandom(7);
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 28, 0, Emit.BUCKET));
        for (int day = 0; day < 320; day++) {
            shop.see("a", NEW_YEAR + day * Shop.DAY, poisson(random, day < 250 ? 10 : 80));
        }
        for (int h = 1; h <= 28; h++) {
            assertThat(shop.last().mean(h)).isBetween(65.0, 98.0);
            assertThat(shop.last().quantile(h, 2)).isGreaterThan(80);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE", "REAL"})
    void theLongerASteadyKeyIsKnownTheNarrowerItsIntervalOneStepAhead(TargetKind kind) {
        double[] mean = new double[3];
        for (int key = 0; key < KEYS; key++) {
            SplittableRandom random = new SplittableRandom(key);
            Shop shop = new Shop(Shop.days(kind, 28, 0, Emit.BUCKET));
            for (int day = 0; day <= 60; day++) {
                shop.see("a", NEW_YEAR + day * Shop.DAY, Math.rint(100 + 10 * normal(random)));
            }
            mean[0] += width(shop, 1) / KEYS;
            mean[1] += width(shop, 10) / KEYS;
            mean[2] += width(shop, 60) / KEYS;
            assertThat(width(shop, 60)).isLessThan(width(shop, 10)).isLessThan(width(shop, 1) / 2);
        }
        assertThat(mean[0]).isGreaterThan(1.5 * mean[1]);
        assertThat(mean[1]).isGreaterThan(1.2 * mean[2]);
        // The truth is 1.28 tenths to both sides.
        assertThat(mean[2]).isBetween(.25, .32);
    }

    /** Of the forecast after so many observations, as a share of its median. */
    private static double width(Shop shop, int observations) {
        Forecast f = shop.forecasts.get(observations - 1);
        assertThat(f.quality().observed()).isEqualTo(observations);
        return (f.quantile(1, 2) - f.quantile(1, 0)) / f.quantile(1, 1);
    }
}
