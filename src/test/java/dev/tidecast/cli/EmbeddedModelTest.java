package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Fold;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.PartitionFold;
import dev.tidecast.forecast.fold.Stores;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.ModelException;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that was trained for a pipeline gives the same forecasts in an embedded fold whose settings name no file. */
class EmbeddedModelTest {
    private static final Instant START = Instant.parse("2026-03-20T08:00:00Z");
    private static final int EVENTS = 400;

    @TempDir
    Path folder;

    private static List<String> words(Answer answer) {
        List<Forecast> forecasts = new ArrayList<>(answer.latest().stream().toList());
        for (Closing closing : answer.closings()) {
            if (closing.forecast() != null) {
                forecasts.add(closing.forecast());
            }
        }
        return forecasts.stream()
                .map(f -> new String(ForecastJson.write(f), StandardCharsets.UTF_8))
                .toList();
    }

    private static void sameForecasts(Path file, Settings settings, Duration pause) throws IOException {
        Pipeline pipeline = PipelineReader.read(file);
        Forecaster expected = Forecasters.of(pipeline);
        PartitionFold partition = new PartitionFold(
                expected, Forecasters.model(pipeline, expected), Stores.inMemory(), Forecasters.sources(pipeline));

        Path trained =
                Objects.requireNonNull(Objects.requireNonNull(pipeline.model()).file());
        Forecaster forecaster = new Forecaster(settings);
        Model model = ModelBytes.read(forecaster.modelShape(), Files.readAllBytes(trained));
        Fold fold = Fold.inMemory(forecaster, model);
        for (int i = 0; i < EVENTS; i++) {
            Instant time = START.plus(pause.multipliedBy(i));
            double value = 20 + i % 7 + i * 31 % 11;
            long at = time.toEpochMilli();
            Source source = new Source(pipeline.name(), 0, i, at);
            Answer answer = fold.observe("k=" + i % 3, time, value);
            assertThat(words(answer))
                    .isNotEmpty()
                    .isEqualTo(words(partition.observe(new Observation("k=" + i % 3, at, value, at, source))))
                    .allMatch(text -> text.contains("\"model_version\":\"" + model.version() + "\""));
        }
    }

    private static Settings demand() {
        return Settings.days("demand", ZoneId.of("Europe/Prague"))
                .count()
                .horizon(28)
                .grace(Duration.ofHours(6))
                .net(NetSpec.of("lstm", 40))
                .build();
    }

    @Test
    void theStarterModelsDo() throws IOException {
        sameForecasts(Path.of("topology/demand.yaml"), demand(), Duration.ofHours(5));
        Settings stock = Settings.every("stock", Duration.ofMinutes(5))
                .price()
                .horizon(12)
                .grace(Duration.ofMinutes(1))
                .net(NetSpec.of("lstm", 40))
                .build();
        sameForecasts(Path.of("topology/stock.yaml"), stock, Duration.ofSeconds(80));
    }

    @Test
    void soDoesOneThatIsTrainedNow() throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                pipeline: shop
                sources:
                  demand: {topic: sales, key: record, value: /qty}
                bucket: {size: P1D}
                horizon: 4
                target: {kind: count}
                model: {cell: gru, units: [4], lags: [7], calendar: false, file: shop.model}
                """);
        StringWriter said = new StringWriter();
        int exit = Tidecast.run(
                new PrintWriter(said, true),
                new PrintWriter(said, true),
                "train",
                file.toString(),
                "--made",
                "40",
                "--passes",
                "2",
                "--out",
                folder.resolve("shop.model").toString());
        assertThat(exit).as(said.toString()).isZero();
        Settings settings = Settings.days("shop", ZoneId.of("UTC"))
                .count()
                .horizon(4)
                .net(NetSpec.of("gru", 4).lags(7).calendar(false))
                .build();
        sameForecasts(file, settings, Duration.ofHours(5));
    }

    @Test
    void aModelForAnotherNetworkIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("topology/demand.model"));
        Settings other = demand().toBuilder().net(NetSpec.of("lstm", 41)).build();
        assertThatThrownBy(() -> ModelBytes.read(new Forecaster(other).modelShape(), bytes))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("units [40]");
    }
}
