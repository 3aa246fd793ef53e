package dev.tidecast.forecast;

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
final class Shop {
    static final long DAY = 86_400_000L;
    /** 2026-01-01T00:00Z, a Thursday. */
    static final long NEW_YEAR = 1_767_225_600_000L;

    static final Sources SOURCES = Sources.several(Duration.ofMinutes(5));

    static final double[] SHOWN = {.1, .5, .9};

    final Forecaster forecaster;
    final Model model;
    final Store open;
    final Store series;
    final Store clock;
    final List<Forecast> forecasts = new ArrayList<>();
    final List<Score> scores = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    final List<String> corrupt = new ArrayList<>();
    final List<String> failed = new ArrayList<>();
    /** Everything said, in order. */
    final List<String> words = new ArrayList<>();

    private boolean scoresOnly;
    private PartitionFold fold;
    private long offset;

    Shop(Settings settings) {
        this(settings, new TreeStore(), new TreeStore(), new TreeStore());
    }

    Shop(Settings settings, Store open, Store series, Store clock) {
        this(new Forecaster(settings), null, open, series, clock);
    }

    /** One whose network says something, by these weights. */
    Shop(Forecaster forecaster, Model model) {
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

    static Settings days(TargetKind kind) {
        return days(kind, 28, 0, Emit.EVENT);
    }

    static Settings days(TargetKind kind, int horizon, long graceMillis, Emit emit) {
        Aggregate aggregate = kind == TargetKind.PRICE ? Aggregate.LAST : Aggregate.SUM;
        Buckets buckets = Buckets.of(Period.ofDays(1), ZoneId.of("UTC"), aggregate);
        return settings(buckets, kind, horizon, 7, graceMillis, emit);
    }

    static Settings hours(TargetKind kind, int horizon, long graceMillis, Emit emit) {
        Buckets buckets = Buckets.of(Duration.ofHours(1), ZoneId.of("UTC"), Aggregate.SUM);
        return settings(buckets, kind, horizon, 24, graceMillis, emit);
    }

    static Settings settings(Buckets buckets, TargetKind kind, int horizon, int season, long graceMillis, Emit emit) {
        return new Settings(
                "demand",
                buckets,
                horizon,
                SHOWN,
                kind,
                Double.NaN,
                Double.NaN,
                new int[] {season},
                graceMillis,
                missing(kind),
                emit,
                null);
    }

    /** Amounts that nobody reports are 0, prices stand, of other numbers nothing is known. */
    static Missing missing(TargetKind kind) {
        return switch (kind) {
            case COUNT, NONNEG -> Missing.ZERO;
            case PRICE -> Missing.PREVIOUS;
            case POSITIVE, REAL -> Missing.MASK;
        };
    }

    /** The same with other seasons. */
    static Settings withSeasons(Settings settings, int... seasons) {
        return with(settings, seasons, settings.net());
    }

    /** The same with other seasons and another network. */
    static Settings with(Settings settings, int[] seasons, @Nullable NetSpec net) {
        return new Settings(
                settings.pipeline(),
                settings.buckets(),
                settings.horizon(),
                settings.quantiles(),
                settings.kind(),
                settings.min(),
                settings.max(),
                seasons,
                settings.graceMillis(),
                settings.missing(),
                settings.emit(),
                net);
    }

    /** What a store holds for a key that it must hold. */
    static byte[] kept(Store store, String key) {
        return Objects.requireNonNull(store.get(key), key);
    }

    /** From now on keeps scores and nothing else. */
    Shop scoresOnly() {
        scoresOnly = true;
        return this;
    }

    /** Drops the fold and builds it anew from its stores. */
    void restart() {
        fold = newFold();
    }

    Shop see(String key, long time, double value) {
        return see(key, time, value, time, 0);
    }

    Shop see(String key, long time, double value, long sourceTime, int partition) {
        long at = offset++;
        see(new Observation(key, time, value, sourceTime, new Source("sales", partition, at, NEW_YEAR + 1000 * at)));
        return this;
    }

    void see(Observation o) {
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

    Watermark watermark() {
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

    Forecast last() {
        return forecasts.get(forecasts.size() - 1);
    }

    static String json(Forecast forecast) {
        return new String(ForecastJson.write(forecast), StandardCharsets.UTF_8);
    }

    static String json(Score score) {
        return new String(ScoreJson.write(score), StandardCharsets.UTF_8);
    }

    /**
     * A seeded stream over several keys and source partitions: in order per source but for some disorder, with silent
     * stretches, late and very late events.
     */
    static List<Observation> stream(long seed, int size, int keys, int sources) {
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
