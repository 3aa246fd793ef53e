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
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Known;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of what is known in advance. */
class EffectsTest {
    private static final int HORIZON = 14;
    /** The index of {@link Shop#NEW_YEAR} among days. */
    private static final long FIRST = NEW_YEAR / DAY;

    /** A holiday every 29 days: it wanders through the week. */
    private static boolean holiday(long day) {
        return day % 29 == 17;
    }

    private static Known calendar(LongToDoubleFunction value) {
        Known.Maker maker = new Known.Maker(List.of("holiday"), List.of());
        for (long day = 0; day < 1000; day++) {
            if (value.applyAsDouble(day) != 0) {
                maker.add(null, FIRST + day, new float[] {(float) value.applyAsDouble(day)});
            }
        }
        return maker.make();
    }

    private static Known holidays() {
        return calendar(day -> holiday(day) ? 1 : 0);
    }

    private static Settings settings(TargetKind kind, boolean known) {
        Settings days = Shop.days(kind, HORIZON, 0, Emit.BUCKET);
        return known ? days.withKnown(holidays()) : days;
    }

    /** A week with a shape, some noise, and holidays on which only a share of it is left (of REAL: so much less). */
    private static double value(SplittableRandom random, TargetKind kind, long day, double left) {
        double usual = 40 + 12 * Math.floorMod(day, 7L) + random.nextDouble(-6, 6);
        double there = !holiday(day) ? usual : kind == TargetKind.REAL ? usual - 60 * (1 - left) : usual * left;
        return kind == TargetKind.COUNT ? Math.rint(there) : there;
    }

    private static Shop lived(Shop shop, String key, TargetKind kind, int days, double left) {
        SplittableRandom random = new SplittableRandom(17);
        for (int day = 0; day < days; day++) {
            shop.see(key, NEW_YEAR + day * DAY, value(random, kind, day, left));
        }
        return shop;
    }

    /** Mean absolute error of the shown median on holidays from a day on, and on the days a week after them. */
    private static double[] errors(Shop shop, TargetKind kind, int days, int from, double left) {
        SplittableRandom random = new SplittableRandom(17);
        double[] truth = new double[days];
        for (int day = 0; day < days; day++) {
            truth[day] = value(random, kind, day, left);
        }
        double[] sums = new double[2];
        int[] counts = new int[2];
        for (Forecast f : shop.forecasts) {
            int origin = (int) ((f.origin() - NEW_YEAR) / DAY);
            for (int h = 1; h <= HORIZON && origin + h - 1 < days; h++) {
                int day = origin + h - 1;
                int which = holiday(day) ? 0 : holiday(day - 7) ? 1 : -1;
                if (day >= from && which >= 0) {
                    sums[which] += Math.abs(truth[day] - f.quantile(h, 1));
                    counts[which]++;
                }
            }
        }
        return new double[] {sums[0] / counts[0], sums[1] / counts[1]};
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "POSITIVE", "REAL"})
    void afterAFewHolidaysTheErrorOnThemFallsBelowHalf(TargetKind kind) {
        for (double left : new double[] {.2, 1.8}) {
            double[] without =
                    errors(lived(new Shop(settings(kind, false)), "a", kind, 260, left), kind, 260, 130, left);
            double[] with = errors(lived(new Shop(settings(kind, true)), "a", kind, 260, left), kind, 260, 130, left);
            assertThat(with[0]).as("on holidays, %s left", left).isLessThan(.5 * without[0]);
            assertThat(with[1]).as("a week later, %s left", left).isLessThan(without[1]);
        }
    }

    @Test
    void aClosedDayIsForecastAsClosedAndDoesNotEcho() {
        double[] without = errors(
                lived(new Shop(settings(TargetKind.COUNT, false)), "a", TargetKind.COUNT, 300, 0),
                TargetKind.COUNT,
                300,
                200,
                0);
        double[] with = errors(
                lived(new Shop(settings(TargetKind.COUNT, true)), "a", TargetKind.COUNT, 300, 0),
                TargetKind.COUNT,
                300,
                200,
                0);
        assertThat(with[0]).isLessThan(.3 * without[0]);
        assertThat(with[1]).isLessThan(.8 * without[1]);
    }

    @Test
    void aNewKeyHasWhatTheOthersLearntFromItsFirstHolidayOn() {
        Forecaster forecaster = new Forecaster(settings(TargetKind.NONNEG, true));
        List<List<Observation>> histories = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            SplittableRandom random = new SplittableRandom(k);
            List<Observation> history = new ArrayList<>();
            for (int day = 0; day < 200; day++) {
                double y = (1 + 9 * k) * value(random, TargetKind.NONNEG, day, .2);
                long time = NEW_YEAR + day * DAY;
                history.add(new Observation("k" + k, time, y, time, new Source("t", 0, day, time)));
            }
            histories.add(history);
        }
        Model first = forecaster.firstModel();
        Model pooled = new Rehearsal(forecaster).pooled(first, histories);
        assertThat(pooled.prior()[Prior.SIZE]).isBetween(-.95f, -.6f);
        assertThat(pooled.prior()[Prior.SIZE + 1]).isBetween(0f, first.prior()[Prior.SIZE + 1] / 2);
        int days = 30;
        double[] alone = errors(
                lived(new Shop(forecaster, first), "new", TargetKind.NONNEG, days, .2), TargetKind.NONNEG, days, 0, .2);
        double[] taught = errors(
                lived(new Shop(forecaster, pooled), "new", TargetKind.NONNEG, days, .2),
                TargetKind.NONNEG,
                days,
                0,
                .2);
        assertThat(taught[0]).isLessThan(.5 * alone[0]);
        Model read = ModelBytes.read(forecaster.modelShape(), ModelBytes.of(forecaster.modelShape(), pooled));
        assertThat(read.prior()).isEqualTo(pooled.prior());
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whereNothingIsUnusualEveryBitIsAsWithout(TargetKind kind) {
        Settings plain = Shop.days(kind, HORIZON, 0, Emit.EVENT);
        Shop without = new Shop(plain);
        Shop with = new Shop(plain.withKnown(calendar(day -> 0)));
        for (Observation o : Shop.stream(5, 400, 3, 1)) {
            without.see(o.key(), o.time(), 1 + o.value());
            with.see(o.key(), o.time(), 1 + o.value());
        }
        assertThat(with.words).isEqualTo(without.words);
        assertThat(with.forecaster.fingerprint()).isNotEqualTo(without.forecaster.fingerprint());
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void aLaterValueChangesNothingAndALaterHolidayOnlyWhatReachesIt(TargetKind kind) {
        int changed = 100;
        List<Forecast> said = shop(kind, holidays(), 1, 150).forecasts;
        List<Forecast> otherValues = shop(kind, holidays(), 3, 150).forecasts;
        Known other = calendar(day -> day == changed ? 1 : holiday(day) ? 1 : 0);
        List<Forecast> otherDays = shop(kind, other, 1, 150).forecasts;
        int differ = 0;
        for (int i = 0; i < changed; i++) {
            long origin = (said.get(i).origin() - NEW_YEAR) / DAY;
            assertThat(Shop.json(otherValues.get(i))).isEqualTo(Shop.json(said.get(i)));
            for (int h = 1; h <= HORIZON; h++) {
                if (origin + h - 1 != changed) {
                    assertThat(otherDays.get(i).quantile(h, 1))
                            .isEqualTo(said.get(i).quantile(h, 1));
                } else {
                    differ += otherDays.get(i).quantile(h, 1) != said.get(i).quantile(h, 1) ? 1 : 0;
                }
            }
        }
        assertThat(differ).isGreaterThan(HORIZON / 2);
    }

    /** From day 100 on, values are `later` times what they are; some days have none. */
    private static Shop shop(TargetKind kind, Known known, double later, int days) {
        Shop shop = new Shop(Shop.days(kind, HORIZON, 0, Emit.BUCKET).withKnown(known));
        SplittableRandom random = new SplittableRandom(4);
        for (int day = 0; day < days; day++) {
            double y = 5 + value(random, TargetKind.NONNEG, day, .3);
            shop.see("a", NEW_YEAR + day * DAY, day < 100 ? y : y * later);
        }
        return shop;
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void aFoldThatIsDroppedGoesOnWhereItWas(TargetKind kind) {
        Settings settings = Nets.with(Shop.days(kind, HORIZON, DAY / 4, Emit.EVENT), Nets.of("lstm"))
                .withKnown(holidays());
        Forecaster forecaster = new Forecaster(settings);
        Shop whole = new Shop(forecaster, Nets.model(forecaster, 5));
        Shop resumed = new Shop(forecaster, Nets.model(forecaster, 5));
        for (Observation o : Shop.stream(4, 500, 3, 2)) {
            Observation above = new Observation(o.key(), o.time(), 1 + o.value(), o.sourceTime(), o.source());
            whole.see(above);
            resumed.restart();
            resumed.see(above);
        }
        assertThat(resumed.words).isEqualTo(whole.words);
        for (String key : whole.open.keysAfter(null, 100)) {
            assertThat(Shop.kept(resumed.series, key)).isEqualTo(Shop.kept(whole.series, key));
        }
    }

    /** Every fourth day the shelf is empty at two thirds of what was wanted, holidays included. */
    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG"})
    void aSoldOutHolidaySaysNoLessOfOtherDays(TargetKind kind) {
        Shop without = soldOut(new Shop(settings(kind, false)), kind);
        Shop with = soldOut(new Shop(settings(kind, true)), kind);
        double[] plain = errors(without, kind, 260, 130, .2);
        double[] known = errors(with, kind, 260, 130, .2);
        assertThat(known[0]).isLessThan(.6 * plain[0]);
        assertThat(known[1]).isLessThan(1.05 * plain[1]);
    }

    private static Shop soldOut(Shop shop, TargetKind kind) {
        SplittableRandom random = new SplittableRandom(17);
        for (int day = 0; day < 260; day++) {
            double wanted = value(random, kind, day, .2);
            boolean empty = day % 4 == 1;
            double sold = empty ? Math.rint(wanted * 2 / 3) : wanted;
            long time = NEW_YEAR + day * DAY;
            shop.see(new Observation("a", time, sold, time, new Source("t", 0, day, time), empty));
        }
        return shop;
    }

    @Test
    void theTrainerReadsWhatTheLiveStepReads() {
        Forecaster forecaster =
                new Forecaster(Nets.with(Shop.days(TargetKind.NONNEG, HORIZON, 0, Emit.BUCKET), Nets.of("lstm"))
                        .withKnown(holidays()));
        SplittableRandom random = new SplittableRandom(2);
        List<Observation> history = new ArrayList<>();
        for (int day = 0; day < 120; day++) {
            long time = NEW_YEAR + day * DAY;
            history.add(new Observation(
                    "a", time, value(random, TargetKind.NONNEG, day, .2), time, new Source("t", 0, day, time)));
        }
        Track track = new Rehearsal(forecaster).track("a", history);
        KeyState state = forecaster.birth(history.get(0));
        float[] x = new float[Objects.requireNonNull(forecaster.net()).inputs()];
        for (Observation o : history) {
            state = forecaster.arrive(state, o);
            long due = state.firstOpen() + 1;
            state = forecaster
                    .close(forecaster.firstModel(), "a", state, due, o.source())
                    .state();
            track.features((int) (due - 1 - track.index(0)), x, 0);
            assertThat(x).isEqualTo(Reading.features(forecaster, Objects.requireNonNull(state.series)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NONNEG", "REAL"})
    void aKeyAThousandTimesLargerIsForecastAThousandTimesHigher(TargetKind kind) {
        Shop small = new Shop(settings(kind, true));
        Shop large = new Shop(settings(kind, true));
        SplittableRandom random = new SplittableRandom(17);
        for (int day = 0; day < 150; day++) {
            double y = value(random, kind, day, .3);
            small.see("a", NEW_YEAR + day * DAY, y);
            large.see("a", NEW_YEAR + day * DAY, 1024 * y);
        }
        for (int i = 0; i < small.forecasts.size(); i++) {
            for (int h = 1; h <= HORIZON; h++) {
                double expected = 1024 * small.forecasts.get(i).quantile(h, 1);
                assertThat(large.forecasts.get(i).quantile(h, 1))
                        .isCloseTo(expected, within(1e-3 * Math.abs(expected) + .1));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void aKeyThatIsAlwaysZeroStaysThere(TargetKind kind) {
        Shop shop = new Shop(settings(kind, true));
        for (int day = 0; day < 200; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 0);
        }
        for (int h = 1; h <= HORIZON; h++) {
            assertThat(shop.last().quantile(h, 1)).isEqualTo(0);
            assertThat(shop.last().mean(h)).isFinite();
        }
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void quantilesNeverCrossAndStayInTheDomainHoweverLargeTheNumbersAre(TargetKind kind) {
        Shop shop = new Shop(Shop.days(kind, HORIZON, 0, Emit.EVENT)
                .withTotals(kind.adds())
                .withKnown(calendar(day -> day % 3 == 0 ? Math.floorMod(day * 7919, 2001) - 1000 : 0)));
        SplittableRandom random = new SplittableRandom(8);
        for (int day = 0; day < 250; day++) {
            double y = random.nextInt(20) == 0 ? 1e6 : random.nextInt(3) == 0 ? 0 : random.nextDouble(.001, 30);
            shop.see("a", NEW_YEAR + day * DAY, kind.adds() ? y : y + .001);
        }
        for (Forecast f : shop.forecasts) {
            float[] totals = f.totals();
            for (int h = 1; h <= HORIZON; h++) {
                assertThat(f.quantile(h, 0)).isLessThanOrEqualTo(f.quantile(h, 1));
                assertThat(f.quantile(h, 1)).isLessThanOrEqualTo(f.quantile(h, 2));
                assertThat(f.mean(h)).isFinite();
                assertThat(totals == null ? 0 : totals[3 * h - 1]).isFinite();
                if (kind != TargetKind.REAL) {
                    assertThat(f.quantile(h, 0)).isNotNegative();
                }
            }
        }
    }

    @Test
    void totalsTakeInWhatIsKnownOfTheirSteps() {
        Shop shop = new Shop(settings(TargetKind.COUNT, true).withTotals(true));
        lived(shop, "a", TargetKind.COUNT, 250, 0);
        for (Forecast f : shop.forecasts.subList(200, shop.forecasts.size())) {
            long origin = (f.origin() - NEW_YEAR) / DAY;
            for (int h = 1; h <= HORIZON; h++) {
                double step = f.totalMean(h) - (h == 1 ? 0 : f.totalMean(h - 1));
                assertThat(step).isCloseTo(f.mean(h), within(1e-6));
                if (holiday(origin + h - 1)) {
                    assertThat(step).isLessThan(25);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStateHoldsItsEffectsOnlyWhereSomethingIsKnown(boolean known) {
        Forecaster forecaster = new Forecaster(settings(TargetKind.COUNT, known));
        assertThat(forecaster.keptBytes().containsKey("effects of what is known"))
                .isEqualTo(known);
        int sum = forecaster.keptBytes().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        int plain = new Forecaster(settings(TargetKind.COUNT, false))
                .keptBytes().values().stream().mapToInt(Integer::intValue).sum();
        assertThat(sum - plain).isEqualTo(known ? 24 : 0);
        assertThat(new TreeMap<>(forecaster.keptBytes())).hasSizeGreaterThan(5);
    }

    /** What is kept of a holiday is its value without the effect as the holiday itself has taught it. */
    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void aValueIsKeptWithoutTheEffectThatItHasTaught(TargetKind kind) {
        Settings settings = settings(kind, true);
        Shop shop = new Shop(settings);
        SplittableRandom random = new SplittableRandom(17);
        Layout layout = new Layout(settings, new Layout.Needs(0, 0, Effects.size(settings)));
        Domain domain = new Domain(settings);
        Effects effects = new Effects(settings, layout, domain);
        int holidays = 0;
        int moved = 0;
        for (int day = 0; day < 200; day++) {
            double y = value(random, kind, day, .2);
            shop.see("a", NEW_YEAR + day * DAY, y);
            byte[] before = shop.series.get("a");
            if (before != null && holiday(day)) {
                LiveState s = new LiveState(Shop.parts(shop.forecaster), shop.read(before), effects.ahead("a"));
                double judged = effects.clean(s, y);
                effects.learn(s, domain.inner(domain.clamp(y)));
                double kept = domain.clamp(effects.clean(s, y));
                shop.see("b", NEW_YEAR + (day + 1) * DAY, 1);
                SeriesState after = shop.read(Shop.kept(shop.series, "a"));
                assertThat(after.position().next()).isEqualTo(s.next + 1);
                assertThat(layout.ring.value(after.numbers(), s.next)).isEqualTo((float) kept);
                holidays++;
                moved += Math.abs(kept - judged) > .5 ? 1 : 0;
            }
        }
        assertThat(holidays).isGreaterThan(4);
        assertThat(moved).isPositive();
    }
}
