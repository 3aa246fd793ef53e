package dev.tidecast.forecast.close;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Nets;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrackTest {
    private static List<Observation> days(long seed, int count, double size) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> days = new ArrayList<>();
        for (int day = 0; day < count; day++) {
            if (day > 2 && random.nextInt(9) == 0) {
                continue;
            }
            double value = size * Math.rint(30 + 9 * (day % 7) + random.nextInt(10));
            days.add(new Observation(
                    "a", NEW_YEAR + day * DAY, value, NEW_YEAR + day * DAY, new Source("t", 0, day, 0)));
        }
        return days;
    }

    private static List<Observation> zerosFirst(List<Observation> days, int zeros) {
        return days.stream()
                .map(o -> new Observation(
                        o.key(),
                        o.time(),
                        o.time() < NEW_YEAR + zeros * DAY ? 0 : o.value(),
                        o.sourceTime(),
                        o.source()))
                .toList();
    }

    private static Forecaster forecaster(TargetKind kind, int... seasons) {
        Settings days = Shop.days(kind, 14, 0, Emit.BUCKET);
        Settings settings = seasons.length == 0 ? days : Shop.withSeasons(days, seasons);
        return new Forecaster(Nets.with(settings, Nets.of("lstm")));
    }

    private static float[] features(Track track, int t, Forecaster forecaster) {
        float[] x = new float[Objects.requireNonNull(forecaster.net()).inputs()];
        track.features(t, x, 0);
        return x;
    }

    @ParameterizedTest
    @EnumSource
    void theTrainerReadsWhatTheLiveStepReads(TargetKind kind) {
        theTrainerReadsWhatTheLiveStepReads(forecaster(kind));
    }

    /** The longer season is longer than the lags: it is read of what was long ago. */
    @ParameterizedTest
    @EnumSource
    void withTwoSeasonsTheTrainerReadsWhatTheLiveStepReads(TargetKind kind) {
        Forecaster forecaster = forecaster(kind, 7, 28);
        int one = Objects.requireNonNull(forecaster(kind).net()).inputs();
        assertThat(Objects.requireNonNull(forecaster.net()).inputs()).isGreaterThan(one + 7 + 14);
        theTrainerReadsWhatTheLiveStepReads(forecaster);
    }

    private static void theTrainerReadsWhatTheLiveStepReads(Forecaster forecaster) {
        List<Observation> history = days(3, 120, 1);
        Track track = new Rehearsal(forecaster).track("a", history);
        KeyState state = forecaster.birth(history.get(0));
        for (Observation o : history) {
            state = forecaster.arrive(state, o);
            long due = state.firstOpen() + 1;
            for (; due <= forecaster.settings().buckets().index(o.time()) + 1; due++) {
                state = forecaster
                        .close(forecaster.firstModel(), "a", state, due, o.source())
                        .state();
                int t = (int) (due - 1 - track.index(0));
                assertThat(features(track, t, forecaster))
                        .as("step %d", t)
                        .isEqualTo(Reading.features(forecaster, Objects.requireNonNull(state.series)));
            }
        }
        assertThat(state.firstOpen()).isEqualTo(track.index(0) + track.steps());
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void aSeriesAThousandTimesLargerLooksTheSame(TargetKind kind) {
        looksTheSame(kind, 0);
        if (forecaster(kind).accepts(0)) {
            // All zeros for a month, then the first that is none.
            looksTheSame(kind, 30);
        }
    }

    private static void looksTheSame(TargetKind kind, int zeros) {
        Forecaster forecaster = forecaster(kind);
        Track small = new Rehearsal(forecaster).track("a", zerosFirst(days(5, 90, 1), zeros));
        Track large = new Rehearsal(forecaster).track("a", zerosFirst(days(5, 90, 1024), zeros));
        for (int t = 0; t < small.steps(); t++) {
            assertThat(features(large, t, forecaster)).containsExactly(features(small, t, forecaster), within(2e-4f));
        }
    }

    @Test
    void aTargetIsTheValueAheadInUnitsOfTheOrigin() {
        Forecaster forecaster = forecaster(TargetKind.NONNEG);
        Track track = new Rehearsal(forecaster).track("a", days(7, 60, 1));
        int t = 40;
        float[] now = features(track, t, forecaster);
        float[] then = features(track, t + 3, forecaster);
        assertThat(track.target(59, 1)).isNaN();
        assertThat(now).hasSameSizeAs(then);
        assertThat(features(track, t + 1, forecaster)[1]).isFinite();
        assertThat(track.index(t)).isEqualTo(track.index(0) + t);
    }

    @Test
    void aKeyOfZerosHasNoTargetButZerosForThereIsNoUnitToSayItIn() {
        Track track = new Rehearsal(forecaster(TargetKind.NONNEG)).track("a", zerosFirst(days(7, 60, 1), 30));
        for (int t = 0; t < 30; t++) {
            assertThat(track.target(t, 30 - t)).isNaN();
            assertThat(track.target(t, 1)).isIn(0f, Float.NaN);
        }
        assertThat(track.target(0, 1)).isZero();
        long known = IntStream.range(30, 59)
                .filter(t -> !Float.isNaN(track.target(t, 1)))
                .count();
        assertThat(known).isGreaterThan(20);
    }

    /** So there is no input for it: a linear map of the lags has how the level has changed, over any two stretches, in units of now. */
    @Test
    void howTheLevelHasChangedIsADifferenceOfMeansOfTheLags() {
        Forecaster forecaster = forecaster(TargetKind.NONNEG);
        List<Observation> all = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            long time = NEW_YEAR + day * DAY;
            double value = (day < 30 ? 20 : 60) + day % 3;
            all.add(new Observation("a", time, value, time, new Source("t", 0, day, 0)));
        }
        Track track = new Rehearsal(forecaster).track("a", all);
        int t = 33;
        float[] x = features(track, t, forecaster);
        double scale = 1 / (track.target(t, 1) - (double) track.target(t, 2));
        scale *= all.get(t + 1).value() - all.get(t + 2).value();
        double newest = (x[0] + x[1] + x[2] + x[3]) / 4.0;
        double before = (x[4] + x[5] + x[6]) / 3.0;
        double now = (all.get(t).value()
                        + all.get(t - 1).value()
                        + all.get(t - 2).value()
                        + all.get(t - 3).value())
                / 4;
        double then = (all.get(t - 4).value()
                        + all.get(t - 5).value()
                        + all.get(t - 6).value())
                / 3;
        assertThat(newest - before).isCloseTo((now - then) / scale, within(1e-3));
        assertThat(newest - before).isGreaterThan(.5);
    }

    @Test
    void whatComesLaterChangesNoFeature() {
        Forecaster forecaster = forecaster(TargetKind.COUNT);
        List<Observation> history = days(9, 100, 1);
        List<Observation> changed = new ArrayList<>(history.subList(0, 50));
        history.subList(50, history.size())
                .forEach(o ->
                        changed.add(new Observation("a", o.time(), o.value() * 3 + 1, o.sourceTime(), o.source())));
        Track track = new Rehearsal(forecaster).track("a", history);
        Track other = new Rehearsal(forecaster).track("a", changed);
        int until = (int) (history.get(49).time() / DAY - NEW_YEAR / DAY);
        for (int t = 0; t <= until; t++) {
            assertThat(features(other, t, forecaster)).isEqualTo(features(track, t, forecaster));
        }
        assertThat(features(other, until + 20, forecaster)).isNotEqualTo(features(track, until + 20, forecaster));
    }
}
