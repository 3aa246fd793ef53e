package dev.tidecast.forecast.fold;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.NewerFormatException;
import dev.tidecast.forecast.state.OpenCodec;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.OtherShapeException;
import dev.tidecast.forecast.state.SeriesCodec;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.forecast.state.StateException;
import dev.tidecast.forecast.state.Versions;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyStateBytesTest {

    /** The same sound bytes, as a later format would have written them. */
    static byte[] aged(byte[] bytes, int version) {
        byte[] aged = bytes.clone();
        aged[2] = (byte) version;
        return sealed(aged);
    }

    /** Makes the next close of a key fail: sound bytes with a bucket number that is no day of any calendar. */
    static void poison(Shop shop, String key) {
        int firstOpen = 7;
        for (Store store : List.of(shop.open, shop.series)) {
            byte[] bytes = Shop.kept(store, key).clone();
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(firstOpen, -1_000_000_000_000_000L);
            store.put(key, sealed(bytes));
        }
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) crc.getValue());
        return bytes;
    }

    private static OpenCodec openCodec(Shop shop) {
        return new OpenCodec(shop.forecaster.settings().buckets(), shop.forecaster.fingerprint());
    }

    private static Shop busy(Settings settings, long seed) {
        Shop shop = new Shop(settings);
        for (Observation o : Shop.stream(seed, 600, 6, 2)) {
            boolean censored = o.value() == 3;
            shop.see(new Observation(o.key(), o.time(), o.value() + .1, o.sourceTime(), o.source(), censored));
        }
        return shop;
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void whatIsReadIsWrittenAsTheSameBytes(TargetKind kind) {
        whatIsReadIsWrittenAsTheSameBytes(Shop.days(kind, 9, 3 * DAY, Emit.EVENT));
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void ofTwoSeasonsWhatIsReadIsWrittenAsTheSameBytes(TargetKind kind) {
        whatIsReadIsWrittenAsTheSameBytes(Shop.withSeasons(Shop.days(kind, 9, 3 * DAY, Emit.EVENT), 7, 28));
    }

    private static void whatIsReadIsWrittenAsTheSameBytes(Settings settings) {
        for (long seed = 0; seed < 5; seed++) {
            Shop shop = busy(settings, seed);
            for (String key : shop.open.keysAfter(null, 100)) {
                byte[] open = Shop.kept(shop.open, key);
                byte[] series = Shop.kept(shop.series, key);
                assertThat(openCodec(shop).write(openCodec(shop).read(open))).isEqualTo(open);
                SeriesCodec codec = shop.forecaster.seriesCodec();
                assertThat(codec.write(codec.read(series))).isEqualTo(series);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Aggregate.class)
    void openBucketsSurviveTheirBytes(Aggregate aggregate) {
        Buckets buckets = Buckets.of(Period.ofDays(1), ZoneId.of("Europe/Prague"), aggregate);
        OpenCodec codec = new OpenCodec(buckets, 77);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            long base = random.nextLong(-1000, 100_000);
            List<OpenState.Slot> slots = new ArrayList<>();
            long index = base;
            for (int left = random.nextInt(6); left > 0; left--) {
                index += random.nextInt(1, 4);
                double value = random.nextBoolean() ? random.nextInt(100) : random.nextDouble() * 1e9;
                long moment = aggregate == Aggregate.LAST ? buckets.start(index) + random.nextInt(86_000_000) : 0;
                slots.add(new OpenState.Slot(
                        index, random.nextInt(1, Integer.MAX_VALUE), value, moment, random.nextBoolean()));
            }
            OpenState open = new OpenState(base, random.nextBoolean(), slots);
            assertThat(codec.read(codec.write(open))).isEqualTo(open);
        }
    }

    @Test
    void aFlippedByteIsAlwaysNoticed() {
        Shop shop = busy(Shop.days(TargetKind.COUNT, 28, DAY, Emit.EVENT), 1);
        String key = shop.open.keysAfter(null, 1).get(0);
        byte[] clock = Shop.kept(shop.clock, "clock");
        int fingerprint = shop.forecaster.fingerprint();
        everyFlipIsCorrupt(Shop.kept(shop.open, key), bytes -> openCodec(shop).read(bytes));
        everyFlipIsCorrupt(
                Shop.kept(shop.series, key),
                bytes -> shop.forecaster.seriesCodec().read(bytes));
        everyFlipIsCorrupt(clock, bytes -> Clock.read(bytes, fingerprint, Shop.SOURCES));
    }

    private static void everyFlipIsCorrupt(byte[] sound, Consumer<byte[]> reader) {
        reader.accept(sound);
        for (int at = 0; at < sound.length; at++) {
            for (int mask : new int[] {1, 0x80, 0xFF}) {
                byte[] flipped = sound.clone();
                flipped[at] ^= (byte) mask;
                assertThat(catchThrowable(() -> reader.accept(flipped)))
                        .as("byte %d, mask %d", at, mask)
                        .isInstanceOf(CorruptStateException.class);
            }
        }
    }

    @Test
    void garbageThrowsNothingButTheDocumentedExceptions() {
        Shop shop = busy(Shop.days(TargetKind.COUNT, 28, DAY, Emit.EVENT), 2);
        int fingerprint = shop.forecaster.fingerprint();
        String key = shop.open.keysAfter(null, 1).get(0);
        byte[][] sound = {Shop.kept(shop.open, key), Shop.kept(shop.series, key), Shop.kept(shop.clock, "clock")};
        SplittableRandom random = new SplittableRandom(9);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = garbage(random, sound[i % 3]);
            List<Runnable> readers = List.of(
                    () -> openCodec(shop).read(bytes),
                    () -> shop.forecaster.seriesCodec().read(bytes),
                    () -> Clock.read(bytes, fingerprint, Shop.SOURCES));
            Throwable thrown =
                    catchThrowable(() -> readers.get(random.nextInt(3)).run());
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(StateException.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(15_000);
    }

    /** Random bytes, or sound ones cut, longer or changed, half of them with a matching checksum. */
    private static byte[] garbage(SplittableRandom random, byte[] sound) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(80) : sound.length + random.nextInt(-3, 4)];
        random.nextBytes(bytes);
        if (random.nextInt(4) > 0) {
            int kept = random.nextInt(Math.min(sound.length, bytes.length) + 1);
            System.arraycopy(sound, 0, bytes, 0, kept);
        }
        return bytes.length > 4 && random.nextBoolean() ? sealed(bytes) : bytes;
    }

    @Test
    void aNewerFormatIsRefusedWithAClearMessage() {
        Shop shop = busy(Shop.days(TargetKind.COUNT), 3);
        String key = shop.open.keysAfter(null, 1).get(0);
        assertThatThrownBy(() -> openCodec(shop).read(aged(Shop.kept(shop.open, key), 2)))
                .isInstanceOf(NewerFormatException.class)
                .hasMessage("open record has format 2, this version reads up to format 1: start a newer Tidecast,"
                        + " or reset this pipeline");
        byte[] newer = aged(Shop.kept(shop.series, key), 9);
        shop.series.put(key, newer);
        assertThatThrownBy(() -> shop.see(key, NEW_YEAR + 3000 * DAY, 1)).isInstanceOf(NewerFormatException.class);
        assertThat(Shop.kept(shop.series, key)).isEqualTo(newer);
    }

    @Test
    void bytesOfAnotherShapeAreNamedAsSuch() {
        Shop shop = busy(Shop.days(TargetKind.COUNT), 3);
        String key = shop.open.keysAfter(null, 1).get(0);
        Forecaster longer = new Forecaster(Shop.days(TargetKind.COUNT, 29, 0, Emit.EVENT));
        assertThatThrownBy(() -> longer.seriesCodec().read(Shop.kept(shop.series, key)))
                .isInstanceOf(OtherShapeException.class)
                .hasMessageContaining("bucket, horizon, season, target, known or model have changed");
    }

    /** The file was written once by format 1 and is never written again. */
    @Test
    void theFirstFormatIsReadForEver() {
        Golden golden = Golden.read("key-state-1.txt");
        Shop shop = goldenShop();
        OpenState open = openCodec(shop).read(golden.bytes("open"));
        assertThat(open.born()).isTrue();
        assertThat(open.base()).isEqualTo(20_492);
        assertThat(open.slots())
                .containsExactly(
                        new OpenState.Slot(20_492, 1, 14, 0, false), new OpenState.Slot(20_493, 2, 1e-9, 0, false));
        SeriesState series = shop.forecaster.seriesCodec().read(golden.bytes("series"));
        SeriesState.Position at = series.position();
        assertThat(List.of(at.next(), at.time())).containsExactly(20_492L, 0L);
        assertThat(List.of(at.closed(), at.observed())).containsExactly(38, 38);
        assertThat(series.levels()).containsExactly(.1f, .5f, .9f);
        assertThat(series.versions().entries()).containsExactly(new Versions.Since(20_455, "experts"));
        assertThat(series.numbers()[Layout.LAST]).isEqualTo(11);
        Clock clock = Clock.read(golden.bytes("clock"), shop.forecaster.fingerprint(), Shop.SOURCES);
        assertThat(clock.due()).isEqualTo(20_492);
        assertThat(clock.isSweeping()).isFalse();
    }

    @Test
    void theFirstFormatIsWrittenAsItWas() {
        Golden golden = Golden.read("key-state-1.txt");
        Shop shop = goldenShop();
        SeriesCodec codec = shop.forecaster.seriesCodec();
        assertThat(openCodec(shop).write(openCodec(shop).read(golden.bytes("open"))))
                .isEqualTo(golden.bytes("open"));
        assertThat(codec.write(codec.read(golden.bytes("series")))).isEqualTo(golden.bytes("series"));
    }

    /** Format 2 knows when a source was last heard while others were live. */
    @Test
    void theSecondFormatOfTheClockIsReadAndWrittenAsItWas() {
        Golden golden = Golden.read("clock-2.txt");
        Shop shop = goldenShop();
        if (Golden.WRITES) {
            for (int minute = 0; minute < 20; minute++) {
                long time = NEW_YEAR + minute * DAY;
                Source source = new Source("sales", minute < 8 ? minute % 2 : 0, minute, NEW_YEAR + minute * 60_000L);
                shop.see(new Observation("a", time, 5, false, new Observation.Delivery(source, time, true)));
            }
            golden.write("clock", Shop.kept(shop.clock, "clock"));
            golden.save();
        }
        int fingerprint = shop.forecaster.fingerprint();
        Clock clock = Clock.read(golden.bytes("clock"), fingerprint, Shop.SOURCES);
        assertThat(clock.watermark()).isEqualTo(new Watermark(20_472, 20_472, null, 1));
        assertThat(clock.write(fingerprint)).isEqualTo(golden.bytes("clock"));
    }

    private static Shop goldenShop() {
        return new Shop(Shop.days(TargetKind.NONNEG, 8, DAY, Emit.EVENT));
    }

    @Test
    void theBytesOfAKeyStaySmall() {
        assertThat(bytesPerKey(Shop.days(TargetKind.COUNT))).containsExactly(27, 1743);
        assertThat(bytesPerKey(Shop.hours(TargetKind.NONNEG, 48, 0, Emit.EVENT)))
                .containsExactly(27, 3515);
        Settings week = Shop.settings(
                Shop.hours(TargetKind.NONNEG, 48, 0, Emit.EVENT).buckets(), TargetKind.NONNEG, 48, 168, 0, Emit.EVENT);
        assertThat(bytesPerKey(week)).containsExactly(27, 6449);
    }

    @Test
    void twoOpenBucketsOfAnyContentStayWithin64Bytes() {
        Buckets buckets = Buckets.of(Period.ofWeeks(2), ZoneId.of("UTC"), Aggregate.LAST);
        OpenCodec codec = new OpenCodec(buckets, 1);
        List<OpenState.Slot> slots = new ArrayList<>();
        for (long index = 1500; index < 1502; index++) {
            slots.add(new OpenState.Slot(index, Integer.MAX_VALUE, Math.PI * 1e20, buckets.end(index) - 1, true));
        }
        assertThat(codec.write(new OpenState(1500, true, slots)).length).isLessThanOrEqualTo(64);
    }

    private static List<Integer> bytesPerKey(Settings settings) {
        Shop shop = new Shop(settings);
        for (int i = 0; i < 400; i++) {
            shop.see("a", NEW_YEAR + i * settings.buckets().usualMillis(), i % 9);
        }
        return List.of(Shop.kept(shop.open, "a").length, Shop.kept(shop.series, "a").length);
    }
}
