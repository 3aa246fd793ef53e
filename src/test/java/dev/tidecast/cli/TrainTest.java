package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.learn.Progress;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    private static final String PIPELINE = """
            pipeline: shop
            sources:
              demand: {topic: sales, key: record, value: /qty}
            bucket: {size: P1D}
            horizon: 4
            season: 7
            target: {kind: count, min: 0}
            """;
    private static final String NETWORK = "model: {cell: gru, units: [4], lags: [7]}\n";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int train(String pipeline, String data, String model, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), pipeline);
        Path rows = Files.writeString(folder.resolve("data.csv"), data);
        List<String> args = new ArrayList<>(List.of(
                "train",
                file.toString(),
                "--from",
                rows.toString(),
                "--out",
                folder.resolve(model).toString()));
        args.addAll(List.of(more));
        return Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), args.toArray(String[]::new));
    }

    private static String sales() {
        StringBuilder csv = new StringBuilder("key,timestamp,value\n");
        for (int day = 0; day < 80; day++) {
            for (int key = 0; key < 3; key++) {
                int sold = 5 + 3 * key + (day % 7 < 2 ? 8 : 0) + day * 31 % 5;
                csv.append("shop")
                        .append(key)
                        .append(',')
                        .append(LocalDate.of(2026, 1, 1).plusDays(day));
                csv.append("T00:00:00Z,").append(sold).append('\n');
            }
        }
        return csv.toString();
    }

    @Test
    void aModelComesOutThatThePipelineCanRun() throws IOException {
        assertThat(train(PIPELINE + NETWORK, sales(), "m.bin", "--passes", "3"))
                .as(err.toString())
                .isZero();
        Forecaster forecaster = Forecasters.of(PipelineReader.read(folder.resolve("p.yaml")));
        Model model = ModelBytes.read(forecaster.modelShape(), Files.readAllBytes(folder.resolve("m.bin")));
        assertThat(model.network()).isNotNull();
        assertThat(out.toString())
                .contains("shop learnt from", "3 keys, 240 steps", "3 passes  loss", "version " + model.version());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameFile() throws IOException {
        train(PIPELINE + NETWORK, sales(), "a.bin", "--passes", "2");
        train(PIPELINE + NETWORK, sales(), "b.bin", "--passes", "2");
        train(PIPELINE + NETWORK, sales(), "c.bin", "--passes", "2", "--seed", "2");
        assertThat(folder.resolve("b.bin")).hasSameBinaryContentAs(folder.resolve("a.bin"));
        assertThat(Files.readAllBytes(folder.resolve("c.bin")))
                .isNotEqualTo(Files.readAllBytes(folder.resolve("a.bin")));
    }

    @Test
    void theAnswerComesAsJsonToo() throws IOException {
        assertThat(train(
                        PIPELINE + NETWORK,
                        sales() + "shop0,2026-04-01T00:00:00Z,1e40\n",
                        "m.bin",
                        "--passes",
                        "2",
                        "--all",
                        "--output",
                        "json"))
                .isZero();
        assertThat(out.toString())
                .startsWith("{\"pipeline\":\"shop\"")
                .contains("\"passed_over\":1", "\"keys\":3", "\"passes\":2", "\"validation_loss\":[null,null]")
                .contains("\"refused_gradients\":0", "\"version\":\"");
    }

    @Test
    void whatCannotBeTrainedIsSaidInOneLine() throws IOException {
        assertThat(train(PIPELINE, sales(), "m.bin")).isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("names no network to train: add a line such as");
        assertThat(train(PIPELINE + NETWORK, "key,timestamp,value\na,2026-01-01T00:00:00Z,1\n", "m.bin"))
                .isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("no key has two steps of P1D");
        assertThat(train(PIPELINE + NETWORK, "key,timestamp,value\na,yesterday,1\n", "m.bin"))
                .isEqualTo(Tidecast.WRONG_USAGE);
        assertThat(err.toString()).contains("line 2: timestamp is \"yesterday\"");
    }

    private byte[] starter(String pipeline, String seed) throws IOException {
        Path model = folder.resolve("starter.model");
        String[] words = {"train", pipeline, "--made", "12", "--passes", "1", "--seed", seed, "--out", model.toString()
        };
        assertThat(Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), words))
                .as(err.toString())
                .isZero();
        return Files.readAllBytes(model);
    }

    @Test
    void aStarterModelIsMadeFromNothingAndTheSameSeedMakesTheSame() throws IOException {
        for (String pipeline : List.of("topology/demand.yaml", "topology/stock.yaml")) {
            byte[] model = starter(pipeline, "1");
            assertThat(starter(pipeline, "1")).isEqualTo(model);
            assertThat(starter(pipeline, "2")).isNotEqualTo(model);
        }
        assertThat(out.toString()).contains("demand learnt from 12 made series", "held back", "version ");
    }

    @Test
    void aStarterModelNeedsSeriesThatAreMade() throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), PIPELINE.replace("P1D", "PT1H") + NETWORK);
        for (String count : List.of("0", "-1", "5")) {
            String[] words = {
                "train",
                file.toString(),
                "--made",
                count,
                "--out",
                folder.resolve("m").toString()
            };
            assertThat(Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), words))
                    .isEqualTo(Tidecast.WRONG_USAGE);
        }
        assertThat(err.toString()).contains("--made is at least 1", "--made knows daily counts (season 7) and prices");
    }

    @Test
    void howLongItTakesStillCountsTheTrainingsToCome() {
        Progress half = new Progress(new Progress.Position(1, 1, 5, 10), 2, 1.5, 0);
        assertThat(TrainingLine.text(half, 30, List.of(3.0, 2.0)))
                .isEqualTo("pass 5 of 10  loss 2.0000  held back 1.5000  30 s left  █▁");
        Progress second = new Progress(new Progress.Position(2, 3, 5, 10), 2, Double.NaN, 0);
        assertThat(TrainingLine.text(second, 30, List.of(3.0, 2.0)))
                .isEqualTo("training 2 of 3, pass 5 of 10  loss 2.0000  30 s left  █▁");
    }

    @Test
    void aSparklineRisesWithItsNumbers() {
        assertThat(TrainingLine.sparkline(List.of(1.0, 2.0, 3.0, 8.0))).isEqualTo("▁▂▃█");
        assertThat(TrainingLine.sparkline(List.of(5.0, 5.0))).isEqualTo("▁▁");
        assertThat(TrainingLine.sparkline(Collections.nCopies(500, 1.0))).hasSize(40);
    }
}
