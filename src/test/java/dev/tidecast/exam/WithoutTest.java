package dev.tidecast.exam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Made;
import dev.tidecast.backtest.Rerun;
import dev.tidecast.forecast.Forecast;
import dev.tidecast.forecast.ForecastNet;
import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Model;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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

    /** The mixes of the forecasts of one series under what is left of the first model. */
    private static List<double[]> mixes(Without without) {
        Forecaster forecaster = Made.forecaster(Made.days("nonneg", 4));
        Model model = without.of(forecaster.firstModel());
        List<double[]> mixes = new ArrayList<>();
        Rerun rerun = new Rerun(forecaster, model, new Judge() {
            @Override
            public void issued(Issue issue, Forecast forecast) {
                mixes.add(forecast.mix().weights());
            }
        });
        rerun.run(Made.table(Made.weekly(1, 90)).rows());
        return mixes.subList(30, mixes.size());
    }

    @Test
    void withoutMixingTheWeightsStayWhereTheyWere() {
        List<double[]> still = mixes(Without.MIXING);
        assertThat(still).allMatch(weights -> Arrays.equals(weights, still.get(0)));
        List<double[]> moving = mixes(Without.CALIBRATION);
        assertThat(moving.get(moving.size() - 1)).isNotEqualTo(moving.get(0));
    }
}
