package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.close.Track;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.nn.Network;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part that is left out is gone, and nothing else is. */
class WithoutTest {
    @TempDir
    Path folder;

    private Pipeline whole() throws IOException {
        Path known = Files.writeString(folder.resolve("known.csv"), "timestamp,feast\n2026-01-06,1\n");
        return Made.pipeline(String.join(
                "\n",
                "attributes: key",
                "bucket: {size: P1D, aggregate: sum}",
                "season: 7",
                "target: {kind: nonneg}",
                "horizon: 4",
                "known: {file: " + known + "}",
                "model: {cell: lstm, units: [4], lags: [7]}"));
    }

    private static ForecastNet net(Pipeline pipeline) {
        return Objects.requireNonNull(Made.forecaster(pipeline).net());
    }

    @Test
    void aPartOfThePipelineIsGoneAndTheOthersStay() throws IOException {
        Pipeline whole = whole();
        assertThat(net(whole).network().stateSize()).isEqualTo(8);
        assertThat(net(whole).road()).isNotEmpty();
        assertThat(net(Without.RECURRENCE.of(whole)).network().stateSize()).isZero();
        assertThat(net(Without.HIGHWAY.of(whole)).road()).isEmpty();
        assertThat(whole.known()).isNotNull();
        assertThat(Without.KNOWN.of(whole).known()).isNull();
        assertThat(whole.source().key().kinship().tellsApart()).isTrue();
        assertThat(Without.ATTRIBUTES.of(whole).source().key().kinship().tellsApart())
                .isFalse();
        assertThat(Without.KNOWN.of(whole).source().key().kinship().tellsApart())
                .isTrue();
        assertThat(net(Without.KNOWN.of(whole)).road()).isNotEmpty();
        assertThat(Without.MIXING.of(whole)).isEqualTo(whole);
    }

    /** The forecasts of one series under what is left of a pipeline and its model. */
    private static List<Forecast> forecasts(Pipeline pipeline, double[] series, Without... left) {
        Pipeline rest = pipeline;
        for (Without part : left) {
            rest = part.of(rest);
        }
        Forecaster forecaster = Made.forecaster(rest);
        Model model = forecaster.net() == null ? forecaster.firstModel() : drawn(forecaster);
        for (Without part : left) {
            model = part.of(model);
        }
        List<Forecast> forecasts = new ArrayList<>();
        Rerun rerun = new Rerun(forecaster, model, new Judge() {
            @Override
            public void issued(Issue issue, Forecast forecast) {
                forecasts.add(forecast);
            }
        });
        rerun.run(Made.table(series).rows());
        return forecasts.subList(30, forecasts.size());
    }

    /** A network that says something: its weights are drawn. */
    private static Model drawn(Forecaster forecaster) {
        Network network = Objects.requireNonNull(forecaster.net()).network();
        return new Model("drawn", forecaster.firstModel().prior(), network.pack(network.initialise(3)));
    }

    /** The mixes of the forecasts of one series under what is left of the first model. */
    private static List<double[]> mixes(Without without) {
        return forecasts(Made.days("nonneg", 4), Made.weekly(1, 90), without).stream()
                .map(forecast -> forecast.mix().weights())
                .toList();
    }

    @Test
    void withoutMixingTheWeightsStayWhereTheyWere() {
        List<double[]> still = mixes(Without.MIXING);
        assertThat(still).allMatch(weights -> Arrays.equals(weights, still.get(0)));
        List<double[]> moving = mixes(Without.CALIBRATION);
        assertThat(moving.get(moving.size() - 1)).isNotEqualTo(moving.get(0));
    }

    @Test
    void withoutExpertsTheNetworkIsTheOnlyOneHeard() throws IOException {
        double[] series = Made.weekly(1, 90);
        assertThat(forecasts(whole(), series))
                .allMatch(forecast -> forecast.mix().of("smoothing") > 0);
        for (Forecast forecast : forecasts(whole(), series, Without.EXPERTS)) {
            assertThat(forecast.mix().of("network")).isEqualTo(1);
        }
        // What is issued is the network's word to the digit once nothing is calibrated any more.
        for (Forecast forecast : forecasts(whole(), series, Without.EXPERTS, Without.CALIBRATION)) {
            for (int h = 1; h <= forecast.horizon(); h++) {
                assertThat(forecast.quantile(h, 1)).isEqualTo(network(forecast, h));
            }
        }
    }

    private static double network(Forecast forecast, int h) {
        double[] said = Objects.requireNonNull(forecast.experts()).get();
        return said[forecast.mix().names().indexOf("network") * forecast.horizon() + h - 1];
    }

    @Test
    void withoutCalibrationTheQuantilesKeepTheShapeTheyBeganWith() {
        double[] series = new double[120];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < series.length; i++) {
            // Now and then far above: nothing a symmetric shape can say.
            series[i] = 50 + random.nextInt(3) + (random.nextInt(6) == 0 ? 30 : 0);
        }
        Pipeline pipeline = Made.days("real", 4);
        for (Forecast forecast : forecasts(pipeline, series, Without.CALIBRATION)) {
            for (int h = 1; h <= 4; h++) {
                assertThat(skew(forecast, h)).isCloseTo(1, within(1e-4));
            }
        }
        assertThat(skew(last(forecasts(pipeline, series)), 1)).isGreaterThan(1.5);
    }

    /** How much further above the median the high quantile lies than the low one below it. */
    private static double skew(Forecast forecast, int h) {
        return (forecast.quantile(h, 2) - forecast.quantile(h, 1))
                / (forecast.quantile(h, 1) - forecast.quantile(h, 0));
    }

    @Test
    void withoutScalingTheNetworkReadsAndSaysNumbersAsTheyAre() throws IOException {
        List<Observation> history = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            long time = Made.NEW_YEAR + day * Made.DAY;
            history.add(new Observation("a", time, 2 + day % 5, time, new Source("t", 0, day, time)));
        }
        Pipeline rest = Without.SCALING.of(whole());
        Track scaled = new Rehearsal(Made.forecaster(whole())).track("a", history);
        Track plain = new Rehearsal(Made.forecaster(rest)).track("a", history);
        float[] x = new float[net(rest).inputs()];
        for (int t = 10; t < 50; t++) {
            plain.features(t, x, 0);
            assertThat(x).startsWith(2 + t % 5, 2 + (t - 1) % 5, 2 + (t - 2) % 5);
            assertThat(plain.target(t, 3)).isEqualTo(2 + (t + 3) % 5);
            scaled.features(t, x, 0);
            assertThat(Math.abs(x[0])).isLessThan(2);
            assertThat(scaled.target(t, 3)).isNotEqualTo(plain.target(t, 3));
        }
    }

    @Test
    void withoutScalingAKeyAThousandTimesLargerIsNoneToTheNetwork() throws IOException {
        double[] series = Made.weekly(1, 90);
        double[] large = Arrays.stream(series).map(y -> 1000 * y).toArray();
        assertThat(network(last(forecasts(whole(), large)), 1))
                .isCloseTo(1000 * network(last(forecasts(whole(), series)), 1), withinPercentage(.1));
        assertThat(network(last(forecasts(whole(), large, Without.SCALING)), 1)).isLessThan(100);
    }

    private static Forecast last(List<Forecast> forecasts) {
        return forecasts.get(forecasts.size() - 1);
    }
}
