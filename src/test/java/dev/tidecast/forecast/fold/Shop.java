package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.ScoreJson;
import dev.tidecast.forecast.close.Parts;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the tests of this package share: settings, observations, and a fold over stores in memory that keeps its words. */
public final class Shop {
    public static final long DAY = 86_400_000L;
    /** 2026-01-01T00:00Z, a Thursday. */
    public static final long NEW_YEAR = 1_767_225_600_000L;

    public static final Sources SOURCES = Sources.several(Duration.ofMinutes(5));

    public static final double[] SHOWN = {.1, .5, .9};

    public final Forecaster forecaster;
    public final Model model;
    public final Store open;
    public final Store series;
    public final Store clock;
    public final List<Forecast> forecasts = new ArrayList<>();
    public final List<Score> scores = new ArrayList<>();
    public final List<String> late = new ArrayList<>();
    public final List<String> corrupt = new ArrayList<>();
    public final List<String> failed = new ArrayList<>();
    /** Everything said, in order. */
    public final List<String> words = new ArrayList<>();

    private boolean scoresOnly;
    private PartitionFold fold;
    private long offset;

    public Shop(Settings settings) {
        this(settings, new TreeStore(), new TreeStore(), new TreeStore());
    }

    public Shop(Settings settings, Store open, Store series, Store clock) {
        this(new Forecaster(settings), null, open, series, clock);
    }

    /** One whose network says something, by these weights. */
    public Shop(Forecaster forecaster, Model model) {
        this(forecaster, model, new TreeStore(), new TreeStore(), new TreeStore());
    }

    private Shop(Forecaster forecaster, @Nullable Model model, Store open, Store series, Store clock) {
        this.forecaster = forecaster;
        this.model = model == null ? forecaster.firstModel() : model;
        this.open = open;
        this.series = series;
        this.clock = clock;
        this.fold = newFold();
    }

    private PartitionFold newFold() {
        return new PartitionFold(forecaster, model, new Stores(open, series, clock), SOURCES);
    }

    public static Settings days(TargetKind kind) {
        return days(kind, 28, 0, Emit.EVENT);
    }

    public static Settings days(TargetKind kind, int horizon, long graceMillis, Emit emit) {
        Aggregate aggregate = kind == TargetKind.PRICE ? Aggregate.LAST : Aggregate.SUM;
        Buckets buckets = Buckets.of(Period.ofDays(1), ZoneId.of("UTC"), aggregate);
        return settings(buckets, kind, horizon, 7, graceMillis, emit);
    }

    public static Settings hours(TargetKind kind, int horizon, long graceMillis, Emit emit) {
        Buckets buckets = Buckets.of(Duration.ofHours(1), ZoneId.of("UTC"), Aggregate.SUM);
        return settings(buckets, kind, horizon, 24, graceMillis, emit);
    }

    public static Settings settings(
            Buckets buckets, TargetKind kind, int horizon, int season, long graceMillis, Emit emit) {
        return Settings.in("demand", buckets)
                .kind(kind)
                .horizon(horizon)
                .quantiles(SHOWN)
                .seasons(season)
                .grace(Duration.ofMillis(graceMillis))
                .missing(missing(kind))
                .emit(emit)
                .build();
    }

    /** Amounts that nobody reports are 0, prices stand, of other numbers nothing is known. */
    public static Missing missing(TargetKind kind) {
        return switch (kind) {
            case COUNT, NONNEG -> Missing.ZERO;
            case PRICE -> Missing.PREVIOUS;
            case POSITIVE, REAL -> Missing.MASK;
        };
    }

    /** The same with other seasons. */
    public static Settings withSeasons(Settings settings, int... seasons) {
        return with(settings, seasons, settings.net());
    }

    /** The same with other seasons and another network. */
    public static Settings with(Settings settings, int[] seasons, @Nullable NetSpec net) {
        return settings.toBuilder().seasons(seasons).net(net).build();
    }

    /** What the classes that close buckets share. */
    public static Parts parts(Forecaster forecaster) {
        return forecaster.parts();
    }

    /** What these bytes hold. */
    public SeriesState read(byte[] series) {
        return forecaster.seriesCodec().read(series);
    }

    /** What a store holds for a key that it must hold. */
    public static byte[] kept(Store store, String key) {
        return Objects.requireNonNull(store.get(key), key);
    }

    /** From now on keeps scores and nothing else. */
    public Shop scoresOnly() {
        scoresOnly = true;
        return this;
    }

    /** Drops the fold and builds it anew from its stores. */
    public void restart() {
        fold = newFold();
    }

    public Shop see(String key, long time, double value) {
        return see(key, time, value, time, 0);
    }

    public Shop see(String key, long time, double value, long sourceTime, int partition) {
        long at = offset++;
        see(new Observation(key, time, value, sourceTime, new Source("sales", partition, at, NEW_YEAR + 1000 * at)));
        return this;
    }

    public void see(Observation o) {
        Answer answer = fold.observe(o);
        if (answer.closing() != null) {
            keep(answer.closing());
        }
        if (answer.late() != null) {
            late.add(o.key());
            words.add("late " + o.key() + " " + o.time() + " " + answer.late().closedUntil());
        }
        if (answer.forecast() != null) {
            keep(answer.forecast());
        }
        answer.swept().forEach(this::keep);
        for (Setback setback : answer.setbacks()) {
            List<String> side = setback.kind() == Setback.Kind.CORRUPT ? corrupt : failed;
            side.add(setback.key() + ": " + setback.why());
            words.add(setback.kind() + " " + setback.key() + " " + setback.why());
        }
        if (answer.failure() != null) {
            throw answer.failure();
        }
    }

    public Watermark watermark() {
        return fold.watermark();
    }

    private void keep(Closing closing) {
        closing.scores().forEach(this::keep);
        if (closing.forecast() != null) {
            keep(closing.forecast());
        }
    }

    private void keep(Forecast forecast) {
        if (!scoresOnly) {
            forecasts.add(forecast);
            words.add(json(forecast));
        }
    }

    private void keep(Score score) {
        scores.add(score);
        if (!scoresOnly) {
            words.add(json(score));
        }
    }

    public Forecast last() {
        return forecasts.get(forecasts.size() - 1);
    }

    public static String json(Forecast forecast) {
        return new String(ForecastJson.write(forecast), StandardCharsets.UTF_8);
    }

    public static String json(Score score) {
        return new String(ScoreJson.write(score), StandardCharsets.UTF_8);
    }

    /**
     * A seeded stream over several keys and source partitions: in order per source but for some disorder, with silent
     * stretches, late and very late events.
     */
    public static List<Observation> stream(long seed, int size, int keys, int sources) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> stream = new ArrayList<>();
        long[] clocks = new long[sources];
        Arrays.fill(clocks, NEW_YEAR);
        for (int i = 0; i < size; i++) {
            int source = random.nextInt(sources);
            clocks[source] += random.nextInt(50) == 0 ? 3 * DAY : random.nextLong(DAY / 4);
            long time = random.nextInt(10) == 0 ? clocks[source] - random.nextLong(5 * DAY) : clocks[source];
            String key = "item=" + random.nextInt(keys);
            stream.add(new Observation(
                    key, time, random.nextInt(20), clocks[source], new Source("sales", source, i, NEW_YEAR + i)));
        }
        return stream;
    }
}
