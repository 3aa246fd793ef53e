package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.ScoreJson;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.OpenCodec;
import dev.tidecast.forecast.state.SeriesCodec;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one event costs between the bytes of a key's state and the bytes of its forecast. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class FoldBenchmark {
    private static final long START = 1_767_225_600_000L;

    /** Days with a horizon of 28, or hours with one of 48. */
    @Param({"days", "hours"})
    public String steps;

    @Param({"COUNT", "POSITIVE"})
    public TargetKind kind;

    private Forecaster forecaster;
    private Model model;
    private OpenCodec openCodec;
    private SeriesCodec seriesCodec;
    private byte[] open;
    private byte[] series;
    private Forecast forecast;
    private Observation next;
    private Observation after;

    @Setup
    public void fill() {
        boolean days = steps.equals("days");
        Buckets buckets =
                Buckets.of(days ? Period.ofDays(1) : Duration.ofHours(1), ZoneId.of("Europe/Prague"), Aggregate.SUM);
        Settings settings = Settings.in("demand", buckets)
                .kind(kind)
                .horizon(days ? 28 : 48)
                .seasons(days ? 7 : 24)
                .build();
        forecaster = new Forecaster(settings);
        model = forecaster.firstModel();
        openCodec = new OpenCodec(buckets, forecaster.fingerprint());
        seriesCodec = forecaster.seriesCodec();
        KeyState state = forecaster.birth(observation(START, 1));
        long bucket = buckets.usualMillis();
        for (int i = 0; i < 400; i++) {
            Observation o = observation(START + i * bucket, 5 + i % 7 + (i * 31 % 17) / 3.0);
            state = forecaster
                    .close(model, "k", state, buckets.index(o.time()), o.source())
                    .state();
            state = forecaster.arrive(state, o);
        }
        open = openCodec.write(state.open);
        series = seriesCodec.write(Objects.requireNonNull(state.series));
        next = observation(START + 399 * bucket + 1000, 3);
        after = observation(START + 400 * bucket + 1000, 3);
        forecast = forecaster.partial(model, state, next, next.time());
    }

    private static Observation observation(long time, double value) {
        return new Observation("store=12/sku=A-77", time, value, time, new Source("sales", 3, 120_934, time));
    }

    private KeyState read() {
        return new KeyState(openCodec.read(open), seriesCodec.read(series));
    }

    /** The whole of an event that closes nothing: both records in, the open record and the forecast out. */
    @Benchmark
    public int event() {
        KeyState state = forecaster.arrive(read(), next);
        return openCodec.write(state.open).length
                + ForecastJson.write(forecaster.partial(model, state, next, next.time())).length;
    }

    /** A close: both records in and out, its score and its forecast out. */
    @Benchmark
    public int close() {
        long due = forecaster.settings().buckets().index(after.time());
        Closing closing = forecaster.close(model, "store=12/sku=A-77", read(), due, after.source());
        int size = ForecastJson.write(Objects.requireNonNull(closing.forecast())).length;
        for (Score score : closing.scores()) {
            size += ScoreJson.write(score).length;
        }
        size += seriesCodec.write(Objects.requireNonNull(closing.state().series)).length;
        return size + openCodec.write(closing.state().open).length;
    }

    @Benchmark
    public KeyState readOnly() {
        return read();
    }

    @Benchmark
    public byte[] jsonOnly() {
        return ForecastJson.write(forecast);
    }
}
