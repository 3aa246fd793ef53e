package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCsvTest {
    @TempDir
    Path folder;

    private List<String> write(String name, Scoreboard board, String kind) throws IOException {
        Path file = folder.resolve(name);
        var forecaster = Made.forecaster(Made.days(kind, 3));
        try (ForecastCsv csv = new ForecastCsv(file)) {
            Rerun rerun = new Rerun(forecaster, forecaster.firstModel(), new Jury(List.of(board, csv)));
            board.against(rerun.rivals());
            rerun.run(Made.table(Made.weekly(1, 50), Made.weekly(2, 50)).rows());
        }
        try (InputStream in =
                name.endsWith(".gz") ? new GZIPInputStream(Files.newInputStream(file)) : Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Scoreboard board() {
        return new Scoreboard(new double[] {.1, .5, .9}, Long.MIN_VALUE);
    }

    @Test
    void anyoneCanScoreTheFileAndComesToTheSameFigures() throws IOException {
        Scoreboard board = board();
        List<String> lines = write("f.csv.gz", board, "count");
        List<String> names = List.of(lines.get(0).split(","));
        double[][] series = {Made.weekly(1, 50), Made.weekly(2, 50)};
        double absolute = 0;
        long covered = 0;
        long n = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] f = line.split(",");
            int day = (int) ((Instant.parse(f[names.indexOf("ts")]).toEpochMilli() - Made.NEW_YEAR) / Made.DAY);
            if (day < 49) {
                double y = series[f[0].equals("k0") ? 0 : 1][day];
                absolute += Math.abs(y - Double.parseDouble(f[names.indexOf("p50")]));
                boolean in = Double.parseDouble(f[names.indexOf("p10")]) <= y
                        && y <= Double.parseDouble(f[names.indexOf("p90")]);
                covered += in ? 1 : 0;
                n++;
            }
        }
        assertThat(n).isEqualTo(board.all().ours().n());
        assertThat(absolute / n).isEqualTo(board.all().ours().mae(), within(1e-9));
        assertThat((double) covered / n).isEqualTo(board.all().ladder().coverage(0));
        assertThat(names)
                .startsWith("key", "origin", "h", "ts", "mean", "p10", "p50", "p90")
                .anyMatch(c -> c.startsWith("mix_"));
    }

    @Test
    void theSameRunWritesTheSameText() throws IOException {
        List<String> one = write("one.csv.gz", board(), "real");
        assertThat(one).isEqualTo(write("two.csv", board(), "real"));
        assertThat(Files.readAllBytes(folder.resolve("one.csv.gz")))
                .hasSizeLessThan((int) Files.size(folder.resolve("two.csv")));
        write("three.csv.gz", board(), "real");
        assertThat(folder.resolve("three.csv.gz")).hasSameBinaryContentAs(folder.resolve("one.csv.gz"));
    }
}
