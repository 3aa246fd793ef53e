package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Mix;
import dev.tidecast.forecast.answer.Quality;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForecasterTest {
    private static final Source SOURCE = new Source("sales", 0, 1, NEW_YEAR);

    private static Observation at(long time, double value) {
        return new Observation("a", time, value, time, SOURCE);
    }

    /** A key with some days closed and one open. */
    private static KeyState lived(Forecaster forecaster, int days) {
        KeyState state = forecaster.birth(at(NEW_YEAR, 1));
        SplittableRandom random = new SplittableRandom(8);
        for (int day = 0; day < days; day++) {
            Observation o = at(NEW_YEAR + day * DAY, 5 + random.nextInt(9) + day % 7);
            long due = forecaster.settings().buckets().index(o.time());
            state = forecaster
                    .close(forecaster.firstModel(), "a", state, due, SOURCE)
                    .state();
            state = forecaster.arrive(state, o);
        }
        return state;
    }

    private static byte[] bytes(Forecaster forecaster, KeyState state) {
        SeriesState series = state.series;
        return series == null ? new byte[0] : forecaster.seriesCodec().write(series);
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void theSameInputGivesTheSameOutputAndIsNotChanged(TargetKind kind) {
        Forecaster forecaster = new Forecaster(Shop.days(kind, 9, 0, Emit.EVENT));
        Model model = forecaster.firstModel();
        float[] weights = model.prior().clone();
        KeyState state = lived(forecaster, 50);
        byte[] before = bytes(forecaster, state);
        long due = state.firstOpen() + 3;
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Closing closing = forecaster.close(model, "a", state, due, SOURCE);
            Forecast partial =
                    forecaster.partial(model, state, at(NEW_YEAR + 49 * DAY + 5, 1), NEW_YEAR + 49 * DAY + 5);
            said.add(Shop.json(Objects.requireNonNull(closing.forecast()))
                    + Shop.json(partial)
                    + HexFormat.of().formatHex(bytes(forecaster, closing.state())));
        }
        assertThat(said).containsOnly(said.get(0));
        assertThat(bytes(forecaster, state)).isEqualTo(before);
        assertThat(model.prior()).isEqualTo(weights);
    }

    /** The golden value holds on every machine and JDK; it changes only together with the arithmetic. */
    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void aLongRunGivesTheSameBytesEverywhere(TargetKind kind) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Shop shop = new Shop(Shop.days(kind, 28, DAY / 4, Emit.EVENT));
        for (Observation o : Shop.stream(99, 4000, 9, 2)) {
            shop.see(new Observation(o.key(), o.time(), 1 + o.value() * 1.37, o.sourceTime(), o.source()));
            shop.words.forEach(word -> digest.update(word.getBytes(StandardCharsets.UTF_8)));
            shop.words.clear();
        }
        for (String key : shop.open.keysAfter(null, 100)) {
            digest.update(Shop.kept(shop.series, key));
        }
        Golden golden = Golden.read("fold-run.txt");
        golden.holds(kind.name(), HexFormat.of().formatHex(digest.digest()));
        golden.save();
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void quantilesNeverCrossAndStayInTheDomain(TargetKind kind) {
        Settings plain = Shop.days(kind, 12, DAY, Emit.EVENT);
        double[] many = {.01, .02, .05, .1, .25, .4, .5, .6, .75, .9, .95, .98, .99};
        double min = kind == TargetKind.REAL ? -3 : 2;
        Settings settings = plain.toBuilder().quantiles(many).bounds(min, 40).build();
        Shop shop = new Shop(settings);
        SplittableRandom random = new SplittableRandom(31);
        for (Observation o : Shop.stream(31, 1000, 4, 1)) {
            double value = random.nextInt(20) == 0 ? 1e6 : random.nextDouble(.001, 30);
            shop.see(new Observation(o.key(), o.time(), value, o.sourceTime(), o.source()));
        }
        assertThat(shop.forecasts).hasSizeGreaterThan(1000);
        for (Forecast forecast : shop.forecasts) {
            for (int h = 1; h <= 12; h++) {
                float[] row = Arrays.copyOfRange(forecast.quantiles(), (h - 1) * many.length, h * many.length);
                assertThat(row).isSorted();
                assertThat((double) row[0]).isGreaterThanOrEqualTo(min);
                assertThat(row[many.length - 1]).isLessThanOrEqualTo(40);
                assertThat(forecast.mean(h)).isBetween(min, 40.0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetKind.class,
            names = {"COUNT", "NONNEG", "POSITIVE", "PRICE"})
    void noForecastIsBelowZeroWhereTheTargetCannotBe(TargetKind kind) {
        Shop shop = new Shop(Shop.days(kind));
        SplittableRandom random = new SplittableRandom(3);
        for (int day = 0; day < 400; day++) {
            shop.see("a", NEW_YEAR + day * DAY, day % 90 < 80 ? .01 : random.nextInt(1, 500));
        }
        assertThat(shop.forecasts)
                .allSatisfy(f -> {
                    for (float q : f.quantiles()) {
                        assertThat(q).isNotNegative();
                    }
                })
                .allSatisfy(f -> assertThat(DoubleStream.of(f.means())).allMatch(m -> m >= 0));
    }

    @Test
    void intervalsOfAYoungKeyAreWide() {
        for (TargetKind kind : TargetKind.values()) {
            Shop shop = new Shop(Shop.days(kind)).see("a", NEW_YEAR, 100).see("a", NEW_YEAR + DAY, 100);
            Forecast close = shop.forecasts.get(1);
            double width = close.quantile(1, 2) - close.quantile(1, 0);
            assertThat(width).isGreaterThan(kind == TargetKind.PRICE ? 5 : 50);
            assertThat(close.quantile(28, 2) - close.quantile(28, 0)).isGreaterThan(1.1 * width);
            assertThat(close.quality().state()).isEqualTo(Quality.Readiness.COLD);
        }
    }

    @Test
    void readinessFollowsTheSteps() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        for (int day = 0; day < 30; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 5);
            Quality.Readiness expected =
                    day < 7 ? Quality.Readiness.COLD : day < 21 ? Quality.Readiness.WARMING : Quality.Readiness.READY;
            assertThat(shop.last().quality().state()).as("day %d", day).isEqualTo(expected);
        }
    }

    @Test
    void theMixSumsToOneAndHasNoSeasonalNaiveBeforeASeason() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        for (int day = 0; day < 9; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 5);
            Mix mix = shop.last().mix();
            assertThat(DoubleStream.of(mix.weights()).sum()).isCloseTo(1, within(1e-6));
            assertThat(mix.of("seasonal_naive") > 0).isEqualTo(day >= 6);
        }
    }

    @Test
    void aPartialForecastOfASumIsNeverBelowWhatIsAlreadyThere() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        for (int day = 0; day < 60; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 10 + day % 3);
        }
        shop.see("a", NEW_YEAR + 59 * DAY + 1000, 500);
        assertThat(shop.last().partial()).isTrue();
        assertThat(shop.last().quantile(1, 0)).isEqualTo(512);
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 59 * DAY);
    }

    @Test
    void aPartialForecastOfALastValueNarrowsWithTheDay() {
        Shop shop = new Shop(Shop.days(TargetKind.PRICE));
        SplittableRandom random = new SplittableRandom(12);
        double price = 100;
        for (int day = 0; day < 60; day++) {
            price *= 1 + random.nextDouble(-.02, .02);
            shop.see("a", NEW_YEAR + day * DAY, price);
        }
        double before = Double.MAX_VALUE;
        for (int hour = 1; hour < 24; hour++) {
            shop.see("a", NEW_YEAR + 59 * DAY + hour * DAY / 24, price);
            double width = shop.last().quantile(1, 2) - shop.last().quantile(1, 0);
            assertThat(width).isPositive().isLessThanOrEqualTo(before);
            assertThat(shop.last().quantile(1, 1)).isCloseTo(price, within(price * 1e-6));
            before = width;
        }
    }

    @Test
    void olderOpenBucketsOfAPartialForecastStandAtTheirValueSoFar() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 28, DAY, Emit.EVENT));
        for (int day = 0; day < 40; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 10 + day % 7);
        }
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 38 * DAY);
        assertThat(shop.last().quantile(1, 0))
                .isEqualTo(13)
                .isEqualTo(shop.last().quantile(1, 2));
        assertThat(shop.last().quantile(2, 0)).isLessThan(shop.last().quantile(2, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUM 6", "LAST 1", "MEAN 2", "MAX 3", "MIN 1", "COUNT 3"})
    void aBucketIsItsAggregate(String example) {
        Aggregate aggregate = Aggregate.valueOf(example.split(" ")[0]);
        Buckets buckets = Buckets.of(Period.ofDays(1), ZoneId.of("UTC"), aggregate);
        Shop shop = new Shop(Shop.settings(buckets, TargetKind.NONNEG, 4, 7, 0, Emit.BUCKET));
        shop.see("a", NEW_YEAR - DAY, 1);
        shop.see("a", NEW_YEAR, 3)
                .see("a", NEW_YEAR + 2000, 1)
                .see("a", NEW_YEAR + 1000, 2, NEW_YEAR + 2000, 0)
                .see("a", NEW_YEAR + DAY, 1);
        assertThat(shop.scores.get(0).actual()).isEqualTo(Double.parseDouble(example.split(" ")[1]));
    }

    @Test
    void scoresAreThoseOfTheForecastsThatLeft() {
        Shop shop = new Shop(Shop.days(TargetKind.NONNEG, 6, 0, Emit.BUCKET));
        SplittableRandom random = new SplittableRandom(17);
        for (int day = 0; day < 80; day++) {
            shop.see("a", NEW_YEAR + day * DAY, random.nextDouble(1, 20));
        }
        int compared = 0;
        for (Score score : shop.scores) {
            for (Score.Matured m : score.matured()) {
                Forecast issued = shop.forecasts.stream()
                        .filter(f -> f.origin() == m.origin())
                        .findFirst()
                        .orElseThrow();
                assertThat(score.ts()).isEqualTo(Objects.requireNonNull(issued.starts())[m.h() - 1]);
                assertThat(m.quantiles())
                        .containsExactly(
                                issued.quantile(m.h(), 0), issued.quantile(m.h(), 1), issued.quantile(m.h(), 2));
                assertThat(m.absoluteError()).isEqualTo(Math.abs(score.actual() - issued.quantile(m.h(), 1)));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(78 + 76 + 74);
    }

    @Test
    void baselinesAreThoseOfTheOrigin() {
        Shop shop = new Shop(Shop.days(TargetKind.NONNEG, 20, 0, Emit.BUCKET));
        for (int day = 0; day < 80; day++) {
            shop.see("a", NEW_YEAR + day * DAY, day * day);
        }
        Score score = shop.scores.get(shop.scores.size() - 1);
        assertThat(score.actual()).isEqualTo(78 * 78);
        assertThat(score.matured()).extracting(Score.Matured::h).containsExactly(1, 6, 16);
        assertThat(score.matured())
                .extracting(Score.Matured::persistence)
                .containsExactly(78.0 * 78 - 77 * 77, 78.0 * 78 - 72 * 72, 78.0 * 78 - 62 * 62);
        assertThat(score.matured())
                .extracting(Score.Matured::seasonalNaive)
                .containsExactly(78.0 * 78 - 71 * 71, 78.0 * 78 - 71 * 71, 78.0 * 78 - 57 * 57);
    }

    @Test
    void aForecastIsScoredUnderTheModelVersionThatMadeIt() {
        Forecaster forecaster = new Forecaster(Shop.days(TargetKind.COUNT, 4, 0, Emit.BUCKET));
        Model first = forecaster.firstModel();
        KeyState state = lived(forecaster, 20);
        List<String> versions = new ArrayList<>();
        for (int day = 20; day < 30; day++) {
            Model model = day < 23 ? first : new Model("v" + day / 5, first.prior(), null);
            state = forecaster.arrive(state, at(NEW_YEAR + day * DAY, 5));
            long due = forecaster.settings().buckets().index(NEW_YEAR + (day + 1) * DAY);
            Closing closing = forecaster.close(model, "a", state, due, SOURCE);
            state = closing.state();
            closing.scores().get(closing.scores().size() - 1).matured().forEach(m -> versions.add(m.modelVersion()));
        }
        assertThat(versions.subList(9, 21))
                .containsExactly(
                        "v4", "experts", "experts", "v4", "v4", "experts", "v5", "v4", "experts", "v5", "v5", "v4");
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        Settings days = Shop.days(TargetKind.COUNT);
        assertThatThrownBy(() -> Shop.settings(days.buckets(), TargetKind.COUNT, 0, 7, 0, Emit.EVENT))
                .hasMessageContaining("horizon");
        assertThatThrownBy(() -> Shop.settings(days.buckets(), TargetKind.COUNT, 1, 0, 0, Emit.EVENT))
                .hasMessageContaining("season");
        assertThatThrownBy(() -> new Forecaster(Shop.hours(TargetKind.COUNT, 1, 2000 * DAY, Emit.EVENT)))
                .hasMessageContaining("grace");
    }

    @Test
    void theFingerprintNamesTheShapeAndNothingElse() {
        Settings days = Shop.days(TargetKind.COUNT);
        int fingerprint = new Forecaster(days).fingerprint();
        Settings shown = Settings.in("other", days.buckets())
                .count()
                .bounds(0, 9)
                .horizon(28)
                .quantiles(.5)
                .grace(Duration.ofMillis(5))
                .missing(Missing.MASK)
                .emit(Emit.BUCKET)
                .build();
        assertThat(new Forecaster(shown).fingerprint()).isEqualTo(fingerprint);
        assertThat(new Forecaster(Shop.days(TargetKind.NONNEG)).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(new Forecaster(Shop.days(TargetKind.COUNT, 27, 0, Emit.EVENT)).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(new Forecaster(Shop.hours(TargetKind.COUNT, 28, 0, Emit.EVENT)).fingerprint())
                .isNotEqualTo(fingerprint);
    }
}
