package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.SettingsBuilder;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.CorruptStateException;
import dev.tidecast.forecast.state.NewerFormatException;
import dev.tidecast.forecast.state.OtherShapeException;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The laws of the fold that other programs embed. */
class FoldTest {
    private static final ZoneId PRAGUE = ZoneId.of("Europe/Prague");
    private static final Instant START = Instant.parse("2026-03-20T08:00:00Z");
    private static final int EVENTS = 600;

    private record Event(String key, Instant time, double value, boolean censored) {}

    /** Several keys in turn, a little out of order, with silent stretches. */
    private static List<Event> events(boolean soldOut) {
        SplittableRandom random = new SplittableRandom(11);
        List<Event> events = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < EVENTS; i++) {
            now = now.plusSeconds(random.nextInt(40) == 0 ? 250_000 : random.nextInt(12_000));
            Instant time = random.nextInt(9) == 0 ? now.minusSeconds(random.nextInt(200_000)) : now;
            boolean censored = soldOut && random.nextInt(7) == 0;
            events.add(new Event("item=" + random.nextInt(4), time, 1 + random.nextInt(20), censored));
        }
        return events;
    }

    private static SettingsBuilder days(TargetKind kind) {
        return Settings.days("demand", PRAGUE).kind(kind).horizon(9).grace(Duration.ofHours(30));
    }

    private static Answer see(Fold fold, Event e) {
        return e.censored ? fold.observeCensored(e.key, e.time, e.value) : fold.observe(e.key, e.time, e.value);
    }

    /** All that an answer says, in words. */
    private static List<String> words(Answer answer) {
        List<String> words = new ArrayList<>();
        if (answer.late() != null) {
            words.add("late " + answer.late().closedUntil());
        }
        if (answer.forecast() != null) {
            words.add(Shop.json(answer.forecast()));
        }
        for (Closing closing : answer.closings()) {
            closing.scores().forEach(score -> words.add(Shop.json(score)));
            if (closing.forecast() != null) {
                words.add(Shop.json(closing.forecast()));
            }
        }
        assertThat(answer.failure()).isNull();
        assertThat(answer.setbacks()).isEmpty();
        return words;
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void itSaysWhatThePartitionOfATopicSays(TargetKind kind) {
        Settings settings = days(kind).build();
        Forecaster forecaster = new Forecaster(settings);
        PartitionFold partition =
                new PartitionFold(forecaster, forecaster.firstModel(), Stores.inMemory(), Sources.ONE);
        Fold fold = Fold.inMemory(settings);
        long newest = Long.MIN_VALUE;
        int offset = 0;
        for (Event e : events(kind.canRunOut())) {
            long at = e.time.toEpochMilli();
            newest = Math.max(newest, at);
            Source source = new Source("demand", 0, offset++, at);
            Answer expected = partition.observe(new Observation(e.key, at, e.value, newest, source, e.censored));
            assertThat(words(see(fold, e))).isEqualTo(words(expected));
        }
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void itGoesOnFromItsBytesAsIfNothingHadHappened(TargetKind kind) {
        goesOn(new Forecaster(days(kind).build()), null, kind.canRunOut());
        goesOn(new Forecaster(Settings.hours("load").kind(kind).horizon(30).build()), null, kind.canRunOut());
        goesOn(
                new Forecaster(
                        Settings.eachObservation("load").kind(kind).horizon(5).build()),
                null,
                false);
    }

    @Test
    void soItDoesWithANetwork() {
        Forecaster forecaster = new Forecaster(
                days(TargetKind.COUNT).totals(true).net(Nets.of("lstm")).build());
        goesOn(forecaster, Nets.model(forecaster, 5), true);
    }

    private static void goesOn(Forecaster forecaster, @Nullable Model trained, boolean soldOut) {
        Model model = trained == null ? forecaster.firstModel() : trained;
        Fold whole = Fold.inMemory(forecaster, model);
        Fold parted = Fold.inMemory(forecaster, model);
        int said = 0;
        int n = 0;
        for (Event e : events(soldOut)) {
            List<String> words = words(see(whole, e));
            assertThat(words(see(parted, e))).isEqualTo(words);
            said += words.size();
            if (n++ % 7 == 0) {
                byte[] bytes = parted.toBytes();
                parted = Fold.inMemory(forecaster, model, bytes);
                assertThat(parted.toBytes()).isEqualTo(bytes);
            }
        }
        assertThat(said).isGreaterThan(EVENTS / 2);
        assertThat(parted.toBytes()).isEqualTo(whole.toBytes());
    }

    private static Fold filled(Settings settings) {
        Fold fold = Fold.inMemory(settings);
        events(true).subList(0, 60).forEach(e -> see(fold, e));
        return fold;
    }

    @Test
    void damagedBytesAreRefused() {
        Settings settings = days(TargetKind.COUNT).build();
        byte[] bytes = filled(settings).toBytes();
        for (int i = 0; i < bytes.length; i += 3) {
            byte[] broken = bytes.clone();
            broken[i] ^= 0x10;
            assertThatThrownBy(() -> Fold.inMemory(settings, broken)).isInstanceOf(CorruptStateException.class);
        }
        for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Fold.inMemory(settings, cut)).isInstanceOf(CorruptStateException.class);
        }
    }

    /** The checksum is right, the lengths are not. */
    @Test
    void lengthsThatCannotBeAreRefusedWithoutAskingForMemory() {
        Settings settings = days(TargetKind.COUNT).build();
        byte[] bytes = filled(settings).toBytes();
        for (int at : new int[] {15, 19}) {
            for (int length : new int[] {Integer.MAX_VALUE, -1, 0}) {
                byte[] broken = bytes.clone();
                ByteBuffer.wrap(broken).order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);
                assertThatThrownBy(() -> Fold.inMemory(settings, sealed(broken)))
                        .isInstanceOf(CorruptStateException.class);
            }
        }
    }

    @Test
    void bytesOfANewerVersionAreRefused() {
        Settings settings = days(TargetKind.COUNT).build();
        byte[] bytes = filled(settings).toBytes();
        bytes[2]++;
        assertThatThrownBy(() -> Fold.inMemory(settings, sealed(bytes)))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("state of a fold");
    }

    /** Also where the fold's own format is known, and that of the record of one key is not. */
    @Test
    void aRecordOfANewerVersionIsRefused() {
        Settings settings = days(TargetKind.COUNT).build();
        Fold fold = Fold.inMemory(settings);
        fold.observe("a", START, 3);
        byte[] bytes = fold.toBytes();
        int record = 7 + 8 + 4 + 4 + 1;
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(record);
        byte[] open = Arrays.copyOfRange(bytes, record + 4, record + 4 + length);
        open[2]++;
        System.arraycopy(sealed(open), 0, bytes, record + 4, length);
        assertThatThrownBy(() -> Fold.inMemory(settings, sealed(bytes)))
                .isInstanceOf(NewerFormatException.class)
                .hasMessageContaining("open record");
    }

    @Test
    void bytesOfOtherSettingsAreRefusedAndThoseOfOtherQuantilesAreNot() {
        Settings settings = days(TargetKind.COUNT).build();
        byte[] bytes = filled(settings).toBytes();
        assertThatThrownBy(() -> Fold.inMemory(days(TargetKind.REAL).build(), bytes))
                .isInstanceOf(OtherShapeException.class);
        Fold other = Fold.inMemory(days(TargetKind.COUNT).quantiles(.25, .75).build(), bytes);
        Forecast forecast = other.observe("item=1", START.plus(Duration.ofDays(90)), 4)
                .latest()
                .orElseThrow();
        assertThat(forecast.quantile(1, .25)).isLessThanOrEqualTo(forecast.quantile(1, .75));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> forecast.quantile(1, .5))
                .withMessageContaining("only [0.25, 0.75]");
    }

    private static byte[] sealed(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length - 4, (int) crc.getValue());
        return bytes;
    }

    @Test
    void aValueThatCannotBeIsRefusedAndChangesNothing() {
        Settings settings =
                days(TargetKind.NONNEG).aggregate(Aggregate.MEAN).bounds(2, 50).build();
        Fold fold = filled(settings.toBuilder().bounds(0, 50).build());
        byte[] before = fold.toBytes();
        Fold bounded = Fold.inMemory(settings, before);
        for (double value : new double[] {-1, 1, 51, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bounded.observe("item=1", START.plus(Duration.ofDays(90)), value));
        }
        assertThat(bounded.toBytes()).isEqualTo(before);
    }

    @Test
    void theLatestForecastIsThatOfTheObservationElseOfItsClose() {
        Fold each = Fold.inMemory(Settings.eachObservation("load").horizon(3).build());
        Answer step = each.observe("a", START, 3);
        assertThat(step.forecast()).isNull();
        assertThat(step.latest()).isPresent();

        Fold closes = Fold.inMemory(days(TargetKind.COUNT).emit(Emit.BUCKET).build());
        assertThat(closes.observe("a", START, 3).latest()).isEmpty();
        Forecast closed =
                closes.observe("a", START.plus(Duration.ofDays(4)), 3).latest().orElseThrow();
        assertThat(closed.partial()).isFalse();

        Answer late = closes.observe("a", START, 3);
        assertThat(late.late()).isNotNull();
        assertThat(late.latest()).isEmpty();
        RuntimeException failure = new IllegalStateException("a defect");
        assertThatThrownBy(() -> Answer.failed(failure).latest()).isSameAs(failure);
    }

    @Test
    void theSourceOfAForecastIsTheNumberOfItsObservation() {
        Settings settings = days(TargetKind.COUNT).build();
        Fold fold = Fold.inMemory(settings);
        fold.observe("a", START, 3);
        Fold later = Fold.inMemory(settings, fold.toBytes());
        Source source = later.observe("b", START.plusSeconds(5), 3)
                .latest()
                .orElseThrow()
                .source();
        assertThat(source)
                .isEqualTo(new Source("demand", 0, 1, START.plusSeconds(5).toEpochMilli()));
    }

    @Test
    void whatAnEarlierVersionKeptIsReadAndWrittenAsTheSameBytes() {
        Settings settings = days(TargetKind.COUNT).build();
        Golden golden = Golden.read("fold-state.txt");
        if (Golden.WRITES) {
            golden.write("format 1", filled(settings).toBytes());
            golden.save();
        }
        byte[] kept = golden.bytes("format 1");
        assertThat(Fold.inMemory(settings, kept).toBytes()).isEqualTo(kept);
        assertThat(filled(settings).toBytes()).isEqualTo(kept);
    }

    @Test
    void keysOfAnyTextAreKept() {
        Settings settings = days(TargetKind.COUNT).build();
        Fold fold = Fold.inMemory(settings);
        String odd = "\u00e4\u20ac\uD83D\uDE00 ";
        fold.observe(odd, START, 3);
        fold.observe("", START, 4);
        Fold later = Fold.inMemory(settings, fold.toBytes());
        Event next = new Event(odd, START.plus(Duration.ofDays(3)), 5, false);
        assertThat(words(see(later, next))).isEqualTo(words(see(fold, next)));
    }
}
