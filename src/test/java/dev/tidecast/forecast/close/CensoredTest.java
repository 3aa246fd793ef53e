package dev.tidecast.forecast.close;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Nets;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CensoredTest {
    private static final double[] WEEK = {.7, .8, .9, 1, 1.2, 1.5, .9};
    private static final int DAYS = 400;
    private static final int SEEDS = 4;

    /** What the fold is given: what was wanted; what was sold and when the shelf was empty; only what was sold. */
    private enum Way {
        WANTED,
        TOLD,
        SOLD
    }

    private static Observation at(String key, long time, double value, boolean censored) {
        return new Observation(key, time, value, time, new Source("sales", 0, time / 1000, time), censored);
    }

    private static double poisson(SplittableRandom random, double mean) {
        double least = StrictMath.exp(-mean);
        int count = 0;
        for (double p = random.nextDouble(); p > least; p *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /**
     * Mean error of the next day's forecast as a share of what was wanted, over some seeds. About 20 a day are wanted; every
     * morning the shelf is filled to `fill` times that, or, by chance, to some of it only.
     */
    private static double bias(Way way, double fill, double outage) {
        double error = 0;
        double wanted = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Shop shop = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET));
            SplittableRandom random = new SplittableRandom(seed);
            for (int day = 0; day < DAYS; day++) {
                double mean = 20 * WEEK[day % 7];
                double want = poisson(random, mean);
                double shelf = random.nextDouble() < outage ? Math.floor(random.nextDouble() * mean) : 20 * fill;
                if (day > 60) {
                    error += shop.last().mean(1) - mean;
                    wanted += mean;
                }
                double value = way == Way.WANTED ? want : Math.min(want, shelf);
                shop.see(at("a", NEW_YEAR + day * DAY, value, way == Way.TOLD && want >= shelf));
                shop.see(at("z", NEW_YEAR + (day + 1) * DAY, 1, false));
                shop.forecasts.removeIf(f -> f.key().equals("z"));
            }
        }
        return error / wanted;
    }

    /**
     * Measured, as a share of what was wanted: shelves filled with 1.2 days' demand (a quarter of the days sold out) -.017 told
     * against -.071 not told; with 1.0 days' (46 %) -.021 against -.137; three days', but each third day half of one at random
     * -.003 against -.163. With all demand known the bias is -.010.
     */
    @ParameterizedTest
    @CsvSource({"1.2, 0, .03, .06", "1.0, 0, .04, .12", "3.0, .3, .03, .14"})
    void toldOfEmptyShelvesTheFoldForecastsWhatIsWanted(double fill, double outage, double told, double not) {
        assertThat(bias(Way.TOLD, fill, outage)).isCloseTo(0, within(told));
        assertThat(bias(Way.SOLD, fill, outage)).isLessThan(-not);
        assertThat(bias(Way.WANTED, fill, outage)).isCloseTo(0, within(.02));
    }

    private static List<Observation> stream(long seed, int size) {
        SplittableRandom random = new SplittableRandom(seed + 99);
        List<Observation> stream = new ArrayList<>();
        for (Observation o : Shop.stream(seed, size, 4, 2)) {
            stream.add(new Observation(
                    o.key(), o.time(), 1 + o.value(), o.sourceTime(), o.source(), random.nextInt(4) == 0));
        }
        return stream;
    }

    private static Settings settings(TargetKind kind) {
        return Shop.days(kind, 9, 3 * DAY, Emit.EVENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE"})
    void noForecastKnowsWhatComesAfterIt(TargetKind kind) {
        List<Observation> stream = stream(1, 400);
        Shop one = new Shop(settings(kind));
        Shop other = new Shop(settings(kind));
        for (int i = 0; i < stream.size(); i++) {
            Observation o = stream.get(i);
            boolean later = i >= 250;
            if (i == 250) {
                assertThat(other.words).isEqualTo(one.words);
            }
            one.see(o);
            other.see(new Observation(
                    o.key(),
                    o.time(),
                    later ? 7 * o.value() : o.value(),
                    o.sourceTime(),
                    o.source(),
                    later ^ o.censored()));
        }
        assertThat(other.words).isNotEqualTo(one.words);
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE"})
    void resumedIsUninterrupted(TargetKind kind) {
        Shop one = new Shop(settings(kind));
        Shop other = new Shop(settings(kind));
        for (Observation o : stream(2, 400)) {
            one.see(o);
            other.restart();
            other.see(o);
        }
        assertThat(other.words).isEqualTo(one.words);
        assertThat(one.corrupt).isEmpty();
    }

    @Test
    void withANetworkResumedIsUninterrupted() {
        Forecaster forecaster =
                new Forecaster(Nets.with(Shop.days(TargetKind.COUNT, 9, 3 * DAY, Emit.EVENT), Nets.of("lstm")));
        Model model = Nets.model(forecaster, 3);
        Shop one = new Shop(forecaster, model);
        Shop other = new Shop(forecaster, model);
        for (Observation o : stream(3, 200)) {
            one.see(o);
            other.restart();
            other.see(o);
        }
        assertThat(other.words).isEqualTo(one.words);
    }

    /** A shop that has seen some weeks, and in whose last bucket is this. */
    private static Shop before(TargetKind kind, double last) {
        Shop shop = new Shop(Shop.days(kind, 14, 0, Emit.BUCKET));
        SplittableRandom random = new SplittableRandom(8);
        for (int day = 0; day < 60; day++) {
            shop.see(at("a", NEW_YEAR + day * DAY, 1 + poisson(random, 10 * WEEK[day % 7]), false));
        }
        shop.see(at("a", NEW_YEAR + 60 * DAY, last, true));
        return shop;
    }

    /** The same once that bucket has closed. */
    private static Shop after(TargetKind kind, double last) {
        Shop shop = before(kind, last);
        shop.see(at("a", NEW_YEAR + 61 * DAY, 1, false));
        return shop;
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE"})
    void theMoreWasSoldOutTheHigherAllThatIsForecast(TargetKind kind) {
        Forecast before = after(kind, 1e-6).last();
        for (double y : new double[] {2, 5, 8, 10, 13, 17, 30, 60}) {
            Forecast next = after(kind, y).last();
            for (int h = 1; h <= 14; h++) {
                assertThat(next.mean(h)).isGreaterThanOrEqualTo(before.mean(h) - 1e-6);
                for (int i = 0; i < 3; i++) {
                    assertThat(next.quantile(h, i)).isGreaterThanOrEqualTo(before.quantile(h, i));
                }
            }
            before = next;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE"})
    void aSoldOutDayNeverTeachesDownwards(TargetKind kind) {
        Shop yesterday = before(kind, 1);
        Layout layout = layout(yesterday);
        SeriesState was = state(yesterday);
        for (double y : new double[] {.001, 1, 3, 6, 9, 40}) {
            SeriesState is = state(after(kind, y));
            assertThat(is.numbers()[Layout.LAST]).isGreaterThanOrEqualTo(was.numbers()[Layout.LAST]);
            assertThat(layout.normaliser.level(is.numbers()))
                    .isGreaterThanOrEqualTo(layout.normaliser.level(was.numbers()));
            assertThat(layout.spread.first(is.numbers())).isEqualTo(layout.spread.first(was.numbers()));
            for (int h = 1; h <= 14; h++) {
                for (int i = 0; i < 9; i++) {
                    assertThat(layout.offsets.at(is.numbers(), h, i))
                            .isGreaterThanOrEqualTo(layout.offsets.at(was.numbers(), h, i));
                }
            }
        }
    }

    private static Layout layout(Shop shop) {
        return new Layout(shop.forecaster.settings(), new Layout.Needs(0, 0, Effects.size(shop.forecaster.settings())));
    }

    private static SeriesState state(Shop shop) {
        return shop.read(Shop.kept(shop.series, "a"));
    }

    @Test
    void aSoldOutDayIsNotScoredAndCountsAsMissing() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET));
        for (int day = 0; day < 20; day++) {
            shop.see(at("a", NEW_YEAR + day * DAY, 9, day == 12));
        }
        List<Long> days =
                shop.scores.stream().map(s -> (s.ts() - NEW_YEAR) / DAY).toList();
        assertThat(days).contains(11L, 13L).doesNotContain(12L).hasSize(17);
        assertThat(shop.last().quality().observed()).isEqualTo(18);
    }

    @Test
    void oneSoldOutEventMakesItsBucketSo() {
        Shop one = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.EVENT));
        for (int day = 0; day < 30; day++) {
            one.see(at("a", NEW_YEAR + day * DAY, 5, false));
            one.see(at("a", NEW_YEAR + day * DAY + 1, 1, day == 20));
            one.see(at("a", NEW_YEAR + day * DAY + 2, 3, false));
        }
        assertThat(one.scores).noneMatch(s -> s.ts() == NEW_YEAR + 20 * DAY).hasSize(27);
    }

    @Test
    void anOpenBucketThatIsSoldOutIsForecastToHoldAtLeastItsValue() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 3 * DAY, Emit.EVENT));
        for (int day = 0; day < 30; day++) {
            shop.see(at("a", NEW_YEAR + day * DAY, 9, false));
        }
        shop.see(at("a", NEW_YEAR + 30 * DAY, 4, true));
        shop.see(at("a", NEW_YEAR + 31 * DAY, 9, false));
        int h = (int) ((NEW_YEAR + 30 * DAY - shop.last().origin()) / DAY) + 1;
        assertThat(h).isGreaterThan(1);
        assertThat(shop.last().mean(h)).isCloseTo(9, within(.5));
        assertThat(shop.last().quantile(h, 0)).isGreaterThanOrEqualTo(4);
    }

    @Test
    void theFirstWholeValueOfAKeyThatBeganSoldOutBeginsItAnew() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET));
        shop.see(at("a", NEW_YEAR, 2, true));
        shop.see(at("a", NEW_YEAR + DAY, 5, true));
        shop.see(at("a", NEW_YEAR + 2 * DAY, 3, true));
        assertThat(shop.last().mean(1)).isGreaterThanOrEqualTo(5);
        assertThat(shop.last().quality().observed()).isZero();
        shop.see(at("a", NEW_YEAR + 3 * DAY, 40, false));
        assertThat(shop.last().mean(1)).isGreaterThanOrEqualTo(5);
        shop.see(at("a", NEW_YEAR + 4 * DAY, 40, false));
        Shop fresh = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET));
        fresh.see(at("a", NEW_YEAR + 3 * DAY, 40, false));
        fresh.see(at("a", NEW_YEAR + 4 * DAY, 40, false));
        assertThat(shop.last().mean(1)).isCloseTo(fresh.last().mean(1), within(8.0));
    }

    @Test
    void yearsOfNothingButSoldOutDaysDoNotRaiseTheForecastForEver() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET));
        SplittableRandom random = new SplittableRandom(3);
        for (int day = 0; day < 2000; day++) {
            shop.see(at("a", NEW_YEAR + day * DAY, day < 100 ? poisson(random, 10) : 10, day >= 100));
        }
        assertThat(shop.last().mean(1)).isBetween(10.0, 30.0);
    }

    @Test
    void aTotalThatHoldsASoldOutStepTeachesNothing() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 14, 0, Emit.BUCKET).withTotals(true));
        Layout layout = layout(shop);
        for (int day = 0; day < 40; day++) {
            shop.see(at("a", NEW_YEAR + day * DAY, 9 + day % 3, day == 30));
        }
        SeriesState s = state(shop);
        long out = s.position().next() - 9;
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            for (long origin = s.position().next() - h + 1;
                    origin <= s.position().next();
                    origin++) {
                boolean holds = origin <= out && out < origin + h;
                assertThat(s.numbers()[layout.pendingTotal(g, origin) + 1] == 0).isEqualTo(holds);
            }
        }
        int far = layout.horizons.representative(layout.horizons.groups() - 1);
        assertThat(s.position().next() - far + 1)
                .as("some total still holds it")
                .isLessThanOrEqualTo(out);
    }

    @Test
    void aTrainerTakesNoLabelFromASoldOutStep() {
        Forecaster forecaster = new Forecaster(Nets.with(settings(TargetKind.COUNT), Nets.of("lstm")));
        List<Observation> history = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            history.add(at("a", NEW_YEAR + day * DAY, 9, day == 20));
        }
        Track track = new Rehearsal(forecaster).track("a", history);
        assertThat(track.observed(20)).isFalse();
        assertThat(track.target(19, 1)).isNaN();
        assertThat(track.observed(21)).isTrue();
        assertThat(track.target(20, 1)).isFinite();
    }

    @Test
    void aKeyAThousandTimesLargerForecastsAThousandTimesAsMuch() {
        Shop one = new Shop(settings(TargetKind.NONNEG));
        Shop large = new Shop(settings(TargetKind.NONNEG));
        for (Observation o : stream(5, 300)) {
            one.see(o);
            large.see(new Observation(o.key(), o.time(), 1024 * o.value(), o.sourceTime(), o.source(), o.censored()));
        }
        for (int i = 0; i < one.forecasts.size(); i++) {
            for (int h = 1; h <= 9; h++) {
                double mean = 1024 * one.forecasts.get(i).mean(h);
                assertThat(large.forecasts.get(i).mean(h)).isCloseTo(mean, within(1e-3 * (1 + mean)));
            }
        }
    }
}
