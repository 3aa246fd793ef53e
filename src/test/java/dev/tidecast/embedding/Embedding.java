package dev.tidecast.embedding;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Fold;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The examples of {@code docs/embedding.md}: {@link EmbeddingPageTest} compares the two, and {@link CoreJarIT} compiles and runs
 * this file with the small jar alone.
 */
final class Embedding {
    private static final int DAYS = 30;

    private Embedding() {}

    /** Writes forecasts into a folder: {@code experts.json} of the experts alone, {@code network.json} of the model in a file. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Files.write(folder.resolve("experts.json"), ForecastJson.write(experts(folder.resolve("demand.state"))));
        Files.write(folder.resolve("network.json"), ForecastJson.write(network(Path.of(args[1]))));
    }

    /** The first example, then days on which the fold is made anew from the bytes that were kept. */
    static Forecast experts(Path file) throws IOException {
        Settings settings = Settings.days("demand", ZoneId.of("Europe/Prague"))
                .count()
                .horizon(28)
                .build();
        Fold fold = Fold.inMemory(settings);
        Answer answer = fold.observe("store=12/sku=A-77", Instant.parse("2026-11-20T09:14:02Z"), 3);
        Forecast forecast = answer.latest().orElseThrow();
        double tomorrow = forecast.quantile(2, .5);
        if (!(tomorrow >= 0)) {
            throw new IllegalStateException("no median: " + tomorrow);
        }
        Files.write(file, fold.toBytes());
        for (int day = 1; day < DAYS; day++) {
            forecast = nextDay(settings, file, day);
        }
        return forecast;
    }

    private static Forecast nextDay(Settings settings, Path file, int day) throws IOException {
        Fold fold = Fold.inMemory(settings, Files.readAllBytes(file));
        Answer answer = fold.observe("store=12/sku=A-77", morning(day), sold(day));
        Files.write(file, fold.toBytes());
        return answer.latest().orElseThrow();
    }

    /** A trained model, and the same days. */
    static Forecast network(Path file) throws IOException {
        Settings settings = Settings.days("store-demand", ZoneId.of("Europe/Prague"))
                .count()
                .horizon(28)
                .net(NetSpec.of("lstm", 40))
                .build();
        Forecaster forecaster = new Forecaster(settings);
        Model model = ModelBytes.read(forecaster.modelShape(), Files.readAllBytes(file));
        Fold fold = Fold.inMemory(forecaster, model);
        List<Forecast> forecasts = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            Answer answer = fold.observe("store=12/sku=A-77", morning(day), sold(day));
            forecasts.addAll(closed(answer));
        }
        return forecasts.get(forecasts.size() - 1);
    }

    /** What a program may do with an answer. */
    private static List<Forecast> closed(Answer answer) {
        List<Forecast> forecasts = new ArrayList<>();
        List<Score> scores = new ArrayList<>();
        boolean late = answer.late() != null;
        for (Closing closing : answer.closings()) {
            scores.addAll(closing.scores());
            if (closing.forecast() != null) {
                forecasts.add(closing.forecast());
            }
        }
        if (late || scores.stream().anyMatch(score -> score.matured().isEmpty())) {
            throw new IllegalStateException("the days come in order, and a score is one of a forecast");
        }
        return forecasts;
    }

    private static Instant morning(int day) {
        return Instant.parse("2026-11-20T09:14:02Z").plusSeconds(86_400L * day);
    }

    private static double sold(int day) {
        return 3 + day % 7 + day * 31 % 5;
    }
}
