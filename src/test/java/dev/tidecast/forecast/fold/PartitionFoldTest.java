package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Quality;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.Trigger;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.NewerFormatException;
import dev.tidecast.forecast.state.OtherShapeException;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionFoldTest {
    private static final long HOUR = DAY / 24;

    @Test
    void theFirstForecastOfAKeyLeavesAtItsFirstEvent() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT)).see("a", NEW_YEAR + HOUR, 7);
        assertThat(shop.forecasts).hasSize(1);
        assertThat(shop.last().partial()).isTrue();
        assertThat(shop.last().horizon()).isEqualTo(28);
        assertThat(shop.last().quality().state()).isEqualTo(Quality.Readiness.COLD);
        assertThat(shop.last().quantile(2, 2) - shop.last().quantile(2, 0)).isGreaterThan(7);
    }

    @Test
    void aKeyThatAnswersAtClosesAnswersWithinOneBucketOfItsFirstEvent() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 28, 0, Emit.BUCKET));
        shop.see("a", NEW_YEAR + HOUR, 7);
        assertThat(shop.forecasts).isEmpty();
        shop.see("b", NEW_YEAR + DAY, 1);
        assertThat(shop.forecasts).hasSize(1);
        assertThat(shop.last().key()).isEqualTo("a");
        assertThat(shop.last().partial()).isFalse();
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + DAY);
    }

    @Test
    void everyEventAnswersAndEachCloseOnceMore() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 1).see("a", NEW_YEAR + HOUR, 1).see("a", NEW_YEAR + DAY, 1);
        assertThat(shop.forecasts)
                .extracting(Forecast::trigger)
                .containsExactly(Trigger.EVENT, Trigger.EVENT, Trigger.CLOSE, Trigger.EVENT);
        assertThat(shop.forecasts)
                .extracting(Forecast::origin)
                .containsExactly(NEW_YEAR, NEW_YEAR, NEW_YEAR + DAY, NEW_YEAR + DAY);
        assertThat(shop.last().starts()).startsWith(NEW_YEAR + DAY, NEW_YEAR + 2 * DAY);
    }

    @Test
    void aForecastNamesTheRecordThatMadeIt() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 1).see("b", NEW_YEAR + DAY, 1);
        assertThat(shop.forecasts)
                .extracting(f -> f.key() + f.source().offset() + f.trigger())
                .containsExactly("a0EVENT", "b1EVENT", "a1CLOSE");
        assertThat(shop.last().issuedAt()).isEqualTo(shop.last().source().timestamp());
    }

    @Test
    void silentKeysGetZeroBucketsWhileOthersMoveTheWatermark() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("silent", NEW_YEAR, 4);
        for (int day = 0; day < 5; day++) {
            shop.see("loud", NEW_YEAR + day * DAY, 1);
        }
        List<Score> zeros =
                shop.scores.stream().filter(s -> s.key().equals("silent")).toList();
        assertThat(zeros).extracting(Score::actual).containsExactly(0.0, 0.0, 0.0);
        assertThat(zeros).extracting(Score::ts).containsExactly(NEW_YEAR + DAY, NEW_YEAR + 2 * DAY, NEW_YEAR + 3 * DAY);
        assertThat(shop.forecasts.stream().filter(f -> f.key().equals("silent") && !f.partial()))
                .hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetKind.class,
            names = {"POSITIVE", "PRICE", "REAL"})
    void aSilentStepThatIsNoZeroIsNotScored(TargetKind kind) {
        Shop shop = new Shop(Shop.days(kind));
        shop.see("a", NEW_YEAR, 4).see("a", NEW_YEAR + DAY, 5).see("a", NEW_YEAR + 4 * DAY, 5);
        assertThat(shop.scores).extracting(Score::ts).containsExactly(NEW_YEAR + DAY);
        shop.see("a", NEW_YEAR + 5 * DAY, 5);
        assertThat(shop.last().quality().observed()).isEqualTo(3);
        assertThat(shop.last().quality().missingRatio()).isEqualTo(2.0 / 5);
    }

    @Test
    void anEventWithinGraceCountsAndOneBeyondItIsLate() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 28, 6 * HOUR, Emit.EVENT));
        shop.see("a", NEW_YEAR, 3);
        long clock = NEW_YEAR + DAY + 5 * HOUR;
        shop.see("a", NEW_YEAR + 20 * HOUR, 4, clock, 0);
        assertThat(shop.late).isEmpty();
        assertThat(shop.scores).isEmpty();
        shop.see("a", clock + HOUR, 1);
        shop.see("a", NEW_YEAR + 20 * HOUR, 100, clock + HOUR, 0);
        assertThat(shop.words.get(shop.words.size() - 1))
                .isEqualTo("late a " + (NEW_YEAR + 20 * HOUR) + " " + (NEW_YEAR + DAY));
        shop.see("a", NEW_YEAR + 2 * DAY + 6 * HOUR, 1);
        assertThat(shop.scores).hasSize(1);
        assertThat(shop.scores.get(0).actual()).isEqualTo(1);
        assertThat(shop.scores.get(0).matured().get(0).persistence()).isEqualTo(6);
    }

    @Test
    void aLateEventChangesNoStateOfItsKey() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 3).see("a", NEW_YEAR + DAY, 4);
        byte[] open = Shop.kept(shop.open, "a");
        byte[] series = Shop.kept(shop.series, "a");
        shop.see("a", NEW_YEAR, 100, NEW_YEAR + DAY, 0);
        assertThat(shop.late).containsExactly("a");
        assertThat(Shop.kept(shop.open, "a")).isEqualTo(open);
        assertThat(Shop.kept(shop.series, "a")).isEqualTo(series);
    }

    @Test
    void latenessIsJudgedPerKey() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR + 9 * DAY, 1);
        shop.see("b", NEW_YEAR, 1, NEW_YEAR + 9 * DAY, 0);
        assertThat(shop.late).isEmpty();
        assertThat(shop.last().key()).isEqualTo("b");
        shop.see("b", NEW_YEAR + DAY, 1, NEW_YEAR + 9 * DAY, 0);
        assertThat(shop.late).containsExactly("b");
    }

    @Test
    void aKeyThatHasClosedNothingMayBeginEarlierWithinGrace() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 28, 2 * DAY, Emit.EVENT));
        shop.see("a", NEW_YEAR + 2 * DAY, 1).see("a", NEW_YEAR + DAY, 2, NEW_YEAR + 2 * DAY, 0);
        assertThat(shop.late).isEmpty();
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + DAY);
    }

    @Test
    void theSlowestSourceHoldsTheWatermark() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 1, NEW_YEAR, 0);
        shop.see("b", NEW_YEAR, 1, NEW_YEAR, 1);
        shop.see("a", NEW_YEAR + 3 * DAY, 1, NEW_YEAR + 3 * DAY, 0);
        assertThat(shop.forecasts).allMatch(Forecast::partial);
        shop.see("b", NEW_YEAR + 2 * DAY, 1, NEW_YEAR + 2 * DAY, 1);
        assertThat(shop.forecasts.stream().filter(f -> !f.partial()))
                .extracting(f -> f.key() + (f.origin() - NEW_YEAR) / DAY)
                .containsExactly("b2", "a2");
    }

    @Test
    void aKeyFarAheadOfASlowSourceClosesItsOldestBuckets() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("slow", NEW_YEAR, 1, NEW_YEAR, 1);
        for (int day = 0; day < 200; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 1, NEW_YEAR + day * DAY, 0);
        }
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + (199 - BucketFolding.MOST_AHEAD) * DAY);
    }

    @Test
    void aSweepVisitsNoMoreThanItsShareOfKeysPerRecordAndReachesAll() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.BUCKET));
        int keys = 300;
        for (int i = 0; i < keys; i++) {
            shop.see("key" + (1000 + i), NEW_YEAR, 1);
        }
        int before = 0;
        for (int i = 0; i <= keys / BucketFolding.MOST_SWEPT; i++) {
            shop.see("other", NEW_YEAR + DAY, 1);
            assertThat(shop.forecasts.size() - before).isLessThanOrEqualTo(BucketFolding.MOST_SWEPT);
            before = shop.forecasts.size();
        }
        assertThat(shop.forecasts).extracting(Forecast::key).isSorted().hasSize(keys);
    }

    @Test
    void aBoundaryCrossedDuringASweepIsSweptAfterIt() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.BUCKET));
        int keys = 200;
        for (int i = 0; i < keys; i++) {
            shop.see("key" + (1000 + i), NEW_YEAR, 1);
        }
        shop.see("other", NEW_YEAR + DAY, 1);
        shop.see("other", NEW_YEAR + 2 * DAY, 1);
        for (int i = 0; i < 10; i++) {
            shop.see("other", NEW_YEAR + 2 * DAY, 1);
        }
        for (int i = 0; i < keys; i++) {
            String key = "key" + (1000 + i);
            assertThat(shop.forecasts.stream()
                            .filter(f -> f.key().equals(key))
                            .mapToLong(Forecast::origin)
                            .max())
                    .hasValue(NEW_YEAR + 2 * DAY);
        }
    }

    @Test
    void severalBucketsDueAtOnceAreAllScoredAndOnlyTheLastForecasts() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        for (int day = 0; day < 20; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 5);
        }
        shop.forecasts.clear();
        shop.scores.clear();
        shop.see("a", NEW_YEAR + 29 * DAY, 5);
        assertThat(shop.forecasts).extracting(Forecast::trigger).containsExactly(Trigger.CLOSE, Trigger.EVENT);
        assertThat(shop.scores).isNotEmpty();
        assertThat(shop.scores).extracting(Score::ts).isSorted();
        assertThat(shop.scores.get(0).ts()).isEqualTo(NEW_YEAR + 19 * DAY);
        assertThat(shop.scores.stream().flatMap(s -> s.matured().stream()))
                .as("only what was issued is reported")
                .allMatch(m -> m.origin() <= NEW_YEAR + 19 * DAY);
    }

    @Test
    void aKeySilentForVeryLongSkipsTheRestAsOneGap() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        for (int day = 0; day < 60; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 5);
        }
        shop.scores.clear();
        shop.see("a", NEW_YEAR + 100_000 * DAY, 5);
        assertThat(shop.scores.size()).isLessThanOrEqualTo(Forecaster.MOST_SILENT + 1);
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 100_000 * DAY);
        assertThat(shop.last().quality().observed()).isEqualTo(100_000);
        shop.see("a", NEW_YEAR + 100_001 * DAY, 5);
        assertThat(shop.scores.get(shop.scores.size() - 1).matured()).hasSize(1);
    }

    @Test
    void withoutBucketsEveryEventIsAStepAndAFullForecast() {
        Shop shop = new Shop(Shop.settings(Buckets.none(), TargetKind.PRICE, 5, 1, 0, Emit.EVENT));
        for (int i = 0; i < 10; i++) {
            shop.see("a", NEW_YEAR + i * 777, 100 + i);
        }
        assertThat(shop.forecasts).hasSize(10).noneMatch(Forecast::partial);
        assertThat(shop.forecasts).allMatch(f -> f.trigger() == Trigger.EVENT && f.starts() == null);
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 9 * 777);
        assertThat(shop.scores).hasSize(9);
        assertThat(shop.scores.get(8).matured()).extracting(Score.Matured::h).containsExactly(1, 2, 4);
        shop.see("a", NEW_YEAR, 1);
        assertThat(shop.late).containsExactly("a");
        assertThat(Shop.json(shop.last())).doesNotContain("\"ts\"").contains("\"step\":\"none\"");
    }

    @Test
    void aDayWithAClockChangeIsOneBucket() {
        ZoneId prague = ZoneId.of("Europe/Prague");
        Buckets buckets = Buckets.of(Period.ofDays(1), prague, Aggregate.SUM);
        Shop shop = new Shop(Shop.settings(buckets, TargetKind.COUNT, 7, 7, 0, Emit.BUCKET));
        long saturday =
                LocalDate.of(2026, 3, 28).atStartOfDay(prague).toInstant().toEpochMilli();
        for (int hour = 0; hour < 24 + 23 + 1; hour++) {
            shop.see("a", saturday + hour * HOUR, 1);
        }
        assertThat(shop.scores).extracting(Score::actual).containsExactly(23.0);
        long autumn =
                LocalDate.of(2026, 10, 24).atStartOfDay(prague).toInstant().toEpochMilli();
        Shop later = new Shop(Shop.settings(buckets, TargetKind.COUNT, 7, 7, 0, Emit.BUCKET));
        for (int hour = 0; hour < 24 + 25 + 1; hour++) {
            later.see("a", autumn + hour * HOUR, 1);
        }
        assertThat(later.scores).extracting(Score::actual).containsExactly(25.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 6 * 3_600_000L, 3 * 86_400_000L})
    void aRestartAfterAnyRecordChangesNoByte(long grace) {
        aRestartAfterAnyRecordChangesNoByte(
                Shop.days(TargetKind.COUNT, 6, grace, Emit.EVENT), Shop.stream(11 + grace, 1500, 90, 3));
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void withTwoSeasonsARestartAfterAnyRecordChangesNoByte(TargetKind kind) {
        Settings settings = Shop.withSeasons(Shop.days(kind, 6, 6 * HOUR, Emit.EVENT), 7, 28);
        Shop shop = aRestartAfterAnyRecordChangesNoByte(settings, Shop.stream(12, 1200, 12, 3));
        assertThat(shop.last().mix().of("seasonal_level")).isPositive();
    }

    /** Whoever reads one partition only knows after a restart what time that partition had shown by what the fold keeps. */
    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void aSourceTimeThatIsForgottenAtARestartChangesNoByte(TargetKind kind) {
        Settings settings = Shop.days(kind, 6, 6 * HOUR, Emit.EVENT);
        Shop through = new Shop(settings);
        Shop restarted = new Shop(settings);
        SplittableRandom random = new SplittableRandom(8);
        long all = Long.MIN_VALUE;
        long since = Long.MIN_VALUE;
        for (Observation o : Shop.stream(31, 900, 40, 1)) {
            double value = o.value() + 1;
            all = Math.max(all, o.time());
            if (random.nextInt(4) == 0) {
                restarted.restart();
                since = Long.MIN_VALUE;
            }
            since = Math.max(since, o.time());
            through.see(new Observation(o.key(), o.time(), value, all, o.source()));
            restarted.see(new Observation(o.key(), o.time(), value, since, o.source()));
        }
        assertThat(restarted.words).isEqualTo(through.words).hasSizeGreaterThan(900);
    }

    private static Shop aRestartAfterAnyRecordChangesNoByte(Settings settings, List<Observation> stream) {
        Shop through = new Shop(settings);
        Shop restarted = new Shop(settings);
        SplittableRandom random = new SplittableRandom(5);
        for (Observation o : stream) {
            through.see(o);
            if (random.nextInt(3) > 0) {
                restarted.restart();
            }
            restarted.see(o);
        }
        assertThat(through.late).isNotEmpty();
        assertThat(through.scores).isNotEmpty();
        assertThat(restarted.words).isEqualTo(through.words);
        for (String key : through.open.keysAfter(null, 1000)) {
            assertThat(Shop.kept(restarted.open, key)).isEqualTo(Shop.kept(through.open, key));
            assertThat(Shop.kept(restarted.series, key)).isEqualTo(Shop.kept(through.series, key));
        }
        assertThat(Shop.kept(restarted.clock, "clock")).isEqualTo(Shop.kept(through.clock, "clock"));
        return through;
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatComesLaterChangesNothingThatWasSaid(TargetKind kind) {
        List<Observation> stream = Shop.stream(23, 400, 5, 1);
        Shop first = new Shop(Shop.days(kind, 6, 0, Emit.EVENT));
        Shop second = new Shop(Shop.days(kind, 6, 0, Emit.EVENT));
        int cut = 250;
        int said = 0;
        for (int i = 0; i < stream.size(); i++) {
            Observation o = stream.get(i);
            double value = o.value() + 1;
            first.see(new Observation(o.key(), o.time(), value, o.sourceTime(), o.source()));
            double other = i < cut ? value : 3 * value + 50;
            second.see(new Observation(o.key(), o.time(), other, o.sourceTime(), o.source()));
            said = i < cut ? first.words.size() : said;
        }
        assertThat(second.words.subList(0, said)).isEqualTo(first.words.subList(0, said));
        assertThat(second.words).isNotEqualTo(first.words);
    }

    @Test
    void bytesThatCannotBeReadStartTheKeyAgain() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 3).see("a", NEW_YEAR + DAY, 4).see("b", NEW_YEAR + DAY, 1);
        byte[] series = Shop.kept(shop.series, "a").clone();
        series[40] ^= 1;
        shop.series.put("a", series);
        shop.see("a", NEW_YEAR + DAY + HOUR, 5);
        assertThat(shop.corrupt).hasSize(1);
        assertThat(shop.corrupt.get(0)).startsWith("a: series record does not match its checksum");
        assertThat(shop.last().quality().observed()).isZero();
        byte[] open = Shop.kept(shop.open, "a").clone();
        open[9] ^= 1;
        shop.open.put("a", open);
        shop.see("b", NEW_YEAR + 2 * DAY, 1);
        assertThat(shop.corrupt).hasSize(2);
        assertThat(shop.open.get("a")).isNull();
    }

    @Test
    void aLostSeriesRecordIsNoticed() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 3).see("a", NEW_YEAR + DAY, 4);
        shop.series.delete("a");
        shop.see("a", NEW_YEAR + DAY, 4);
        assertThat(shop.corrupt).containsExactly("a: series record is missing");
    }

    @Test
    void aDamagedClockIsReportedAndTheKeysGoOn() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 3).see("a", NEW_YEAR + DAY, 4);
        byte[] clock = Shop.kept(shop.clock, "clock").clone();
        clock[12] ^= 4;
        shop.clock.put("clock", clock);
        shop.restart();
        shop.see("a", NEW_YEAR, 3, NEW_YEAR + DAY, 0);
        assertThat(shop.corrupt).hasSize(1);
        assertThat(shop.late).containsExactly("a");
    }

    @Test
    void aNewerClockRefusesToStart() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT)).see("a", NEW_YEAR, 3);
        shop.clock.put("clock", KeyStateBytesTest.aged(Shop.kept(shop.clock, "clock"), 3));
        assertThatThrownBy(shop::restart)
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("clock record has format 3, this version reads up to format 2");
    }

    @Test
    void aClockOfAnotherShapeRefusesToStart() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT)).see("a", NEW_YEAR, 3);
        assertThatThrownBy(() -> new Shop(Shop.days(TargetKind.REAL), shop.open, shop.series, shop.clock))
                .isInstanceOf(OtherShapeException.class)
                .hasMessageContaining("bucket, horizon, season, target, known or model have changed");
    }

    @Test
    void aChangeOfTheShownQuantilesKeepsTheStateAndReportsNoOldForecasts() {
        Settings was = Shop.days(TargetKind.COUNT);
        Shop shop = new Shop(was);
        IntStream.range(0, 40).forEach(day -> shop.see("a", NEW_YEAR + day * DAY, 5 + day % 7));
        Settings now = was.toBuilder().quantiles(.05, .95).build();
        Shop changed = new Shop(now, shop.open, shop.series, shop.clock);
        changed.see("a", NEW_YEAR + 40 * DAY, 6).see("a", NEW_YEAR + 41 * DAY, 7);
        assertThat(changed.last().quality().observed()).isEqualTo(41);
        assertThat(changed.scores).hasSize(1);
        Score.Matured only = changed.scores.get(0).matured().get(0);
        assertThat(changed.scores.get(0).matured()).hasSize(1);
        assertThat(only.origin()).isEqualTo(NEW_YEAR + 40 * DAY);
        assertThat(only.issued().levels()).containsExactly(.05, .95);
    }

    @Test
    void aValueOutsideTheDomainIsRefusedAndChangesNothing() {
        Shop shop = new Shop(Shop.days(TargetKind.PRICE));
        assertThatThrownBy(() -> shop.see("a", NEW_YEAR, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.see("a", NEW_YEAR, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.see("a", NEW_YEAR, 1e31)).isInstanceOf(IllegalArgumentException.class);
        assertThat(shop.open.get("a")).isNull();
        assertThat(shop.clock.get("clock")).isNull();
    }

    @Test
    void theClockIsWrittenOnlyWhenSomethingBecomesDue() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("a", NEW_YEAR, 1).see("a", NEW_YEAR + 1, 1);
        byte[] written = Shop.kept(shop.clock, "clock");
        for (int minute = 0; minute < 600; minute++) {
            shop.see("a", NEW_YEAR + minute * 60_000L, 1);
        }
        assertThat(Shop.kept(shop.clock, "clock")).isSameAs(written);
        shop.see("a", NEW_YEAR + DAY, 1);
        assertThat(Shop.kept(shop.clock, "clock")).isNotSameAs(written);
    }

    @Test
    void aSourceOfAnotherTopicIsForgottenWhenItsSuccessorIsHeard() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see(new Observation("a", NEW_YEAR, 1, NEW_YEAR, new Source("old", 0, 0, 0)));
        shop.see(new Observation("a", NEW_YEAR, 1, NEW_YEAR, new Source("old", 1, 0, 0)));
        shop.restart();
        shop.see(new Observation("a", NEW_YEAR + DAY, 1, NEW_YEAR + DAY, new Source("new", 0, 0, 0)));
        shop.see(new Observation("a", NEW_YEAR + 2 * DAY, 1, NEW_YEAR + 2 * DAY, new Source("new", 0, 1, 0)));
        assertThat(shop.forecasts.stream().filter(f -> !f.partial()))
                .extracting(Forecast::origin)
                .containsExactly(NEW_YEAR + DAY, NEW_YEAR + 2 * DAY);
    }

    @Test
    void aPartitionThatIsFedByOneSourceWaitsForNoOther() {
        Stores stores = Stores.inMemory();
        Forecaster forecaster = new Forecaster(Shop.days(TargetKind.COUNT, 28, 0, Emit.BUCKET));
        PartitionFold several = new PartitionFold(forecaster, forecaster.firstModel(), stores, Shop.SOURCES);
        several.observe(new Observation("a", NEW_YEAR, 1, NEW_YEAR, new Source("sales", 0, 0, 0)));
        several.observe(new Observation("a", NEW_YEAR, 1, NEW_YEAR, new Source("sales", 1, 0, 0)));
        several.observe(new Observation("a", NEW_YEAR, 1, NEW_YEAR, new Source("sales", 2, 0, 0)));
        PartitionFold one = new PartitionFold(forecaster, forecaster.firstModel(), stores, Sources.ONE);
        Answer answer =
                one.observe(new Observation("a", NEW_YEAR + DAY, 1, NEW_YEAR + DAY, new Source("sales", 1, 1, 0)));
        assertThat(answer.closings()).extracting(Closing::key).containsExactly("a");
        assertThat(one.watermark().lag()).isZero();
    }

    @Test
    void whatASlowSourceHoldsBackIsToldByTheWatermark() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT));
        shop.see("slow", NEW_YEAR, 1, NEW_YEAR, 1);
        shop.see("a", NEW_YEAR + 10 * DAY, 1, NEW_YEAR + 10 * DAY, 0);
        assertThat(shop.watermark().lag()).isEqualTo(10);
        assertThat(shop.watermark().slowest())
                .extracting(Source::topic, Source::partition)
                .containsExactly("sales", 1);
        shop.see("slow", NEW_YEAR + 10 * DAY, 1, NEW_YEAR + 10 * DAY, 1);
        assertThat(shop.watermark().lag()).isZero();
        assertThat(shop.watermark().slowest()).isNull();
    }

    @Test
    void aForecastThatLiesWhollyBeforeTheNewestEventTimeSaysSo() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        shop.see("a", NEW_YEAR, 1, NEW_YEAR, 0);
        shop.see("slow", NEW_YEAR, 1, NEW_YEAR, 1);
        shop.see("b", NEW_YEAR + 6 * DAY, 1, NEW_YEAR + 6 * DAY, 0);
        shop.see("slow", NEW_YEAR + 1, 1, NEW_YEAR + 1, 1);
        assertThat(shop.last().stale()).as("its last step is the newest day").isFalse();
        assertThat(Shop.json(shop.last())).doesNotContain("stale");
        shop.see("b", NEW_YEAR + 7 * DAY, 1, NEW_YEAR + 7 * DAY, 0);
        shop.see("slow", NEW_YEAR + 2, 1, NEW_YEAR + 2, 1);
        assertThat(shop.last().stale()).isTrue();
        assertThat(Shop.json(shop.last())).contains("\"partial\":true,\"stale\":true,");
        shop.see("slow", NEW_YEAR + 8 * DAY, 1, NEW_YEAR + 8 * DAY, 1);
        assertThat(shop.last().stale()).isFalse();
    }

    @Test
    void aSourceThatIsSilentWhileOthersAreLiveIsNotWaitedForUntilItIsHeardAgain() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        live(shop, "quiet", 0, 1, 0);
        for (int minute = 0; minute < 30; minute++) {
            live(shop, "a", minute, 0, minute);
            shop.restart();
            assertThat(shop.watermark().idle()).as("after %d minutes", minute).isEqualTo(minute <= 8 ? 0 : 1);
        }
        assertThat(shop.watermark().lag()).isZero();
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 29 * DAY);
        live(shop, "quiet", 25, 1, 30);
        assertThat(shop.watermark().idle()).isZero();
        assertThat(shop.watermark().lag()).isEqualTo(4);
    }

    @Test
    void aSourceThatIsBehindIsNotTakenForSilent() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        shop.see("old", NEW_YEAR, 1, NEW_YEAR, 1);
        for (int day = 0; day < 40; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 1, NEW_YEAR + day * DAY, 0);
        }
        assertThat(shop.watermark().idle()).as("no record is live yet").isZero();
        live(shop, "a", 40, 0, 100_000);
        assertThat(shop.watermark().idle())
                .as("nobody has read while it was stopped")
                .isZero();
        for (int minute = 1; minute < 40; minute++) {
            live(shop, "a", 40 + minute, 0, 100_000 + minute);
            shop.see("old", NEW_YEAR + minute * HOUR, 1, NEW_YEAR + minute * HOUR, 1);
        }
        assertThat(shop.watermark().idle()).as("it is heard all the time").isZero();
    }

    /** A live record on this day of a source, written in this minute. */
    private static void live(Shop shop, String key, int day, int partition, int minute) {
        long time = NEW_YEAR + day * DAY;
        Source source = new Source("sales", partition, 0, NEW_YEAR + minute * 60_000L);
        shop.see(new Observation(key, time, 1, false, new Observation.Delivery(source, time, true)));
    }

    @Test
    void aKeyThatCannotBeClosedStopsNoOtherAndIsTriedAtThreeBoundaries() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        Shop healthy = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        for (int day = 0; day < 20; day++) {
            for (Shop both : List.of(shop, healthy)) {
                both.see("m", NEW_YEAR + day * DAY, 2).see("z", NEW_YEAR + day * DAY, 3);
                both.see("poison", NEW_YEAR + day * DAY, 1);
            }
        }
        KeyStateBytesTest.poison(shop, "poison");
        byte[] open = Shop.kept(shop.open, "poison");
        byte[] series = Shop.kept(shop.series, "poison");
        int before = shop.words.size();
        for (int day = 20; day < 30; day++) {
            for (Shop both : List.of(shop, healthy)) {
                both.see("m", NEW_YEAR + day * DAY, 2).see("z", NEW_YEAR + day * DAY, 3);
            }
            shop.restart();
        }
        assertThat(shop.failed).hasSize(FailedKeys.MOST_ATTEMPTS).allMatch(why -> why.startsWith("poison: "));
        assertThat(shop.words.subList(before, shop.words.size()).stream().filter(w -> !w.contains("poison")))
                .isEqualTo(healthy.words.subList(before, healthy.words.size()).stream()
                        .filter(w -> !w.contains("poison"))
                        .toList());
        assertThat(Shop.kept(shop.open, "poison")).isEqualTo(open);
        assertThat(Shop.kept(shop.series, "poison")).isEqualTo(series);
    }

    @Test
    void aKeyThatCannotBeClosedFailsOnItsOwnEventsAloneAndTimeGoesOn() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        for (int day = 0; day < 20; day++) {
            shop.see("m", NEW_YEAR + day * DAY, 2).see("poison", NEW_YEAR + day * DAY, 1);
        }
        KeyStateBytesTest.poison(shop, "poison");
        assertThatThrownBy(() -> shop.see("poison", NEW_YEAR + 21 * DAY, 1)).isInstanceOf(RuntimeException.class);
        assertThat(shop.last().key()).as("the sweep of the same event").isEqualTo("m");
        assertThat(shop.last().origin()).isEqualTo(NEW_YEAR + 21 * DAY);
        assertThatThrownBy(() -> shop.see("poison", NEW_YEAR + 21 * DAY, 1)).isInstanceOf(RuntimeException.class);
        shop.see("m", NEW_YEAR + 21 * DAY, 2);
        assertThat(shop.last().trigger()).isEqualTo(Trigger.EVENT);
    }

    @Test
    void aKeyThatIsWellAgainHasNoMark() {
        Shop shop = new Shop(Shop.days(TargetKind.COUNT, 7, 0, Emit.EVENT));
        for (int day = 0; day < 20; day++) {
            shop.see("m", NEW_YEAR + day * DAY, 2).see("poison", NEW_YEAR + day * DAY, 1);
        }
        byte[] open = Shop.kept(shop.open, "poison");
        byte[] series = Shop.kept(shop.series, "poison");
        KeyStateBytesTest.poison(shop, "poison");
        shop.see("m", NEW_YEAR + 20 * DAY, 2);
        assertThat(shop.clock.get("failed:poison")).isNotNull();
        shop.open.put("poison", open);
        shop.series.put("poison", series);
        shop.see("m", NEW_YEAR + 21 * DAY, 2);
        assertThat(shop.clock.get("failed:poison")).isNull();
        assertThat(shop.forecasts.stream()
                        .filter(f -> f.key().equals("poison") && !f.partial())
                        .reduce((a, b) -> b))
                .hasValueSatisfying(f -> assertThat(f.origin()).isEqualTo(NEW_YEAR + 21 * DAY));
    }

    @Test
    void stateOfAnotherShapeIsRefusedAndKeptWithoutBucketsToo() {
        Shop shop = new Shop(Shop.settings(Buckets.none(), TargetKind.REAL, 5, 1, 0, Emit.EVENT));
        shop.see("a", NEW_YEAR, 1).see("a", NEW_YEAR + 1, 2);
        byte[] series = Shop.kept(shop.series, "a");
        Settings other = Shop.settings(Buckets.none(), TargetKind.REAL, 6, 1, 0, Emit.EVENT);
        assertThatThrownBy(() -> new Shop(other, shop.open, shop.series, shop.clock))
                .isInstanceOf(OtherShapeException.class);
        shop.clock.delete("clock");
        Shop unaware = new Shop(other, shop.open, shop.series, shop.clock);
        assertThatThrownBy(() -> unaware.see("a", NEW_YEAR + 2, 3)).isInstanceOf(OtherShapeException.class);
        assertThat(Shop.kept(shop.series, "a")).isEqualTo(series);
    }

    @Test
    void anObservationThatFailsInAStoreLeavesNothingBehind() {
        List<Observation> stream = Shop.stream(41, 400, 12, 3);
        Shop whole = new Shop(Shop.days(TargetKind.COUNT, 6, 0, Emit.EVENT));
        stream.forEach(whole::see);
        SplittableRandom random = new SplittableRandom(6);
        BrokenStore.Plan plan = new BrokenStore.Plan();
        Shop shaken = new Shop(
                Shop.days(TargetKind.COUNT, 6, 0, Emit.EVENT),
                new BrokenStore(plan),
                new BrokenStore(plan),
                new BrokenStore(plan));
        int failures = 0;
        for (Observation o : stream) {
            plan.failAfter(random.nextInt(12));
            try {
                shaken.see(o);
            } catch (BrokenStore.Broken broken) {
                failures++;
                plan.never();
                shaken.see(o);
            }
        }
        assertThat(failures).isGreaterThan(50);
        assertThat(shaken.words).isEqualTo(whole.words);
    }
}
