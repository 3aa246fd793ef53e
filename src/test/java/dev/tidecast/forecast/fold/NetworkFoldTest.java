package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.SeriesCodec;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.series.Observation;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of the fold with a network in it, whatever the network says: its weights are drawn. */
class NetworkFoldTest {
    private static final int EVENTS = 500;

    static Stream<String> cells() {
        return Cells.names().stream();
    }

    private static Forecaster forecaster(TargetKind kind, String cell) {
        return forecaster(kind, cell, Emit.EVENT);
    }

    private static Forecaster forecaster(TargetKind kind, String cell, Emit emit) {
        return new Forecaster(Nets.with(Shop.days(kind, 12, DAY / 4, emit), Nets.of(cell)));
    }

    private static Observation moved(Observation o, double by) {
        return new Observation(o.key(), o.time(), 1 + o.value() * by, o.sourceTime(), o.source());
    }

    private static Shop run(Forecaster forecaster, List<Observation> stream) {
        Shop shop = new Shop(forecaster, Nets.model(forecaster, 5));
        stream.forEach(o -> shop.see(moved(o, 1.37)));
        return shop;
    }

    /** The same, read from its bytes before every observation. */
    private static Shop resumed(Forecaster forecaster, List<Observation> stream) {
        Shop shop = new Shop(forecaster, Nets.model(forecaster, 5));
        stream.forEach(o -> {
            shop.restart();
            shop.see(moved(o, 1.37));
        });
        return shop;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCatalogedCellForecastsAndResumesWhereItWas(String cell) {
        Forecaster forecaster = forecaster(TargetKind.COUNT, cell);
        List<Observation> stream = Shop.stream(4, EVENTS, 3, 2);
        Shop whole = run(forecaster, stream);
        Shop resumed = resumed(forecaster, stream);
        assertThat(resumed.words).isEqualTo(whole.words);
        assertThat(whole.last().mix().of("network")).isPositive();
        assertThat(whole.last().modelVersion()).isEqualTo("v5");
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void quantilesNeverCrossAndStayInTheDomainWhateverTheNetworkSays(TargetKind kind) {
        Shop shop = run(forecaster(kind, "lstm"), Shop.stream(7, EVENTS, 3, 1));
        for (Forecast f : shop.forecasts) {
            for (int h = 1; h <= f.horizon(); h++) {
                assertThat(f.quantile(h, 0)).isLessThanOrEqualTo(f.quantile(h, 1));
                assertThat(f.quantile(h, 1)).isLessThanOrEqualTo(f.quantile(h, 2));
                assertThat(f.mean(h)).isFinite();
                if (kind != TargetKind.REAL) {
                    assertThat(f.quantile(h, 0)).isNotNegative();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatComesLaterChangesNoBitOfWhatWasSaid(TargetKind kind) {
        Forecaster forecaster = forecaster(kind, "lstm");
        List<Observation> stream = Shop.stream(11, EVENTS, 3, 2);
        int until = EVENTS / 2;
        List<Observation> changed = new ArrayList<>(stream.subList(0, until));
        stream.subList(until, EVENTS).forEach(o -> changed.add(moved(o, 3)));
        Shop before = run(forecaster, stream.subList(0, until));
        Shop other = run(forecaster, changed);
        Shop same = run(forecaster, stream);
        int said = before.words.size();
        assertThat(other.words.subList(0, said)).isEqualTo(before.words);
        assertThat(same.words.subList(0, said)).isEqualTo(before.words);
        assertThat(other.words).isNotEqualTo(same.words);
    }

    /** Also run with the scalar kernels: the golden value holds on every machine, JDK and kernel. */
    @Test
    void aLongRunGivesTheSameBytesEverywhere() throws NoSuchAlgorithmException {
        Golden golden = Golden.read("network-fold-run.txt");
        for (TargetKind kind : TargetKind.values()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Shop shop = run(forecaster(kind, "lstm"), Shop.stream(99, 1500, 5, 2));
            shop.words.forEach(word -> digest.update(word.getBytes(StandardCharsets.UTF_8)));
            for (String key : shop.open.keysAfter(null, 100)) {
                digest.update(Shop.kept(shop.series, key));
            }
            golden.holds(kind.name(), HexFormat.of().formatHex(digest.digest()));
        }
        golden.save();
    }

    /** A state of its own kind: what was read in the last window, as it was read then. */
    private static Forecaster rebuilt(String cell, int window) {
        NetSpec of = Nets.of(cell);
        NetSpec.Form form = new NetSpec.Form(true, true, 1, false);
        NetSpec.Reading reading = new NetSpec.Reading(of.lags(), of.project(), window, of.calendar());
        NetSpec net = new NetSpec(of.cell(), of.text(), reading, form);
        return new Forecaster(Nets.with(Shop.days(TargetKind.COUNT, 12, DAY / 4, Emit.EVENT), net));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "clockwork", "elman"})
    void aStateRebuiltOverAllThereIsIsTheOneThatWasCarried(String cell) {
        List<Observation> stream = Shop.stream(4, EVENTS, 3, 2);
        List<String> carried = run(forecaster(TargetKind.COUNT, cell), stream).words;
        assertThat(run(rebuilt(cell, EVENTS), stream).words).isEqualTo(carried);
        assertThat(run(rebuilt(cell, 4), stream).words).isNotEqualTo(carried);
    }

    @Test
    void aRebuiltStateResumesWhereItWas() {
        List<Observation> stream = Shop.stream(4, EVENTS, 3, 2);
        assertThat(resumed(rebuilt("gru", 6), stream).words).isEqualTo(run(rebuilt("gru", 6), stream).words);
    }

    /** The longer season is longer than the lags: what was long ago is read off the ring. */
    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void withTwoSeasonsItResumesWhereItWasAndItsBytesAreReadAsTheyWere(TargetKind kind) {
        Settings days = Shop.withSeasons(Shop.days(kind, 12, DAY / 4, Emit.EVENT), 7, 28);
        Forecaster forecaster = new Forecaster(Nets.with(days, Nets.of("lstm")));
        assertThat(Nets.of("lstm").lags()).isLessThan(28);
        List<Observation> stream = Shop.stream(4, EVENTS, 3, 2);
        Shop whole = run(forecaster, stream);
        Shop resumed = resumed(forecaster, stream);
        assertThat(resumed.words).isEqualTo(whole.words);
        SeriesCodec codec = forecaster.seriesCodec();
        for (String key : whole.open.keysAfter(null, 100)) {
            byte[] series = Shop.kept(whole.series, key);
            assertThat(Shop.kept(resumed.series, key)).isEqualTo(series);
            assertThat(codec.read(series).position().closed()).isGreaterThan(35);
            assertThat(codec.write(codec.read(series))).isEqualTo(series);
        }
    }

    @Test
    void noThreadHoldsOnToAForecasterThatIsGone() throws InterruptedException {
        List<WeakReference<Forecaster>> gone = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Forecaster forecaster = forecaster(TargetKind.COUNT, "lstm");
            run(forecaster, Shop.stream(4, 40, 2, 1));
            gone.add(new WeakReference<>(forecaster));
        }
        ReferenceQueue<Object> collected = new ReferenceQueue<>();
        for (int round = 0; round < 50 && gone.stream().anyMatch(one -> one.get() != null); round++) {
            PhantomReference<Object> witness = new PhantomReference<>(new Object(), collected);
            System.gc();
            assertThat(collected.remove(10_000)).isSameAs(witness);
        }
        assertThat(gone).allMatch(one -> one.get() == null);
    }

    @Test
    void aNetworkThatIsRightIsTrustedAndOneThatIsWrongIsNot() {
        Forecaster forecaster = forecaster(TargetKind.NONNEG, "dense");
        float[] w = new float
                [java.util.Objects.requireNonNull(forecaster.net()).network().weights()];
        Model flat = new Model(
                "flat",
                forecaster.firstModel().prior(),
                forecaster.net().network().pack(w));
        Shop level = new Shop(forecaster, flat);
        Shop weekly = new Shop(forecaster, flat);
        for (int day = 0; day < 120; day++) {
            level.see("a", Shop.NEW_YEAR + day * DAY, 50 + (day * 7919 % 13));
            weekly.see("a", Shop.NEW_YEAR + day * DAY, 50 + 40 * (day % 7));
        }
        double[] mix = level.last().mix().weights();
        assertThat(level.last().mix().of("network"))
                .isEqualTo(Arrays.stream(mix).max().orElseThrow())
                .isGreaterThan(1.5 * Arrays.stream(mix).sorted().toArray()[mix.length - 2]);
        assertThat(weekly.last().mix().of("network")).isLessThan(.02);
    }

    /** A key that is always zero up to a day, then a noisy week, of REAL on both sides of zero; all of it so many times as large. */
    private static Shop sized(Forecaster forecaster, int zeros, double by) {
        Shop shop = new Shop(forecaster, Nets.model(forecaster, 5));
        SplittableRandom random = new SplittableRandom(17);
        double low = forecaster.settings().kind() == TargetKind.REAL ? -30 : 30;
        for (int day = 0; day < 150; day++) {
            double y = low + 9 * (day % 7) + random.nextDouble(-6, 6);
            shop.see("a", Shop.NEW_YEAR + day * DAY, day < zeros ? 0 : by * y);
        }
        return shop;
    }

    /**
     * COUNT is left out: it rounds, and what is half a unit for one key is nothing for the other. The logarithm of POSITIVE
     * turns a larger key into a shifted one.
     */
    @ParameterizedTest
    @CsvSource({"NONNEG, 0", "NONNEG, 5", "NONNEG, 30", "REAL, 0", "REAL, 5", "REAL, 30", "POSITIVE, 0"})
    void aKeyAThousandTimesLargerIsForecastAThousandTimesHigher(TargetKind kind, int zeros) {
        Forecaster forecaster = forecaster(kind, "lstm", Emit.BUCKET);
        Shop small = sized(forecaster, zeros, 1);
        Shop large = sized(forecaster, zeros, 1000);
        assertThat(large.forecasts).hasSameSizeAs(small.forecasts);
        for (int i = 0; i < small.forecasts.size(); i++) {
            Forecast f = small.forecasts.get(i);
            if (zeros > 0 && f.origin() <= Shop.NEW_YEAR + zeros * DAY) {
                // Nobody knows yet how large the key will be.
                assertThat(large.words.get(i)).isEqualTo(small.words.get(i));
            } else {
                timesAThousand(f, large.forecasts.get(i));
            }
        }
    }

    private static void timesAThousand(Forecast small, Forecast large) {
        assertThat(small.mix().of("network")).isPositive();
        for (int h = 1; h <= small.horizon(); h++) {
            double size = 1000 * (Math.abs(small.quantile(h, 0)) + Math.abs(small.quantile(h, 2)));
            for (int level = 0; level < 3; level++) {
                assertThat(large.quantile(h, level)).isCloseTo(1000 * small.quantile(h, level), within(1e-5 * size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void aKeyThatIsAlwaysZeroStaysThereWhateverTheNetworkSays(TargetKind kind) {
        Forecast last = sized(forecaster(kind, "lstm"), 150, 1).last();
        for (int h = 1; h <= last.horizon(); h++) {
            assertThat(last.quantile(h, 1)).isCloseTo(0, within(1e-3));
            double most = kind == TargetKind.COUNT ? 1 : 1e-2;
            assertThat(last.quantile(h, 0)).isBetween(-most, 1e-3);
            assertThat(last.quantile(h, 2)).isBetween(0., most);
            assertThat(last.mean(h)).isFinite();
        }
    }
}
