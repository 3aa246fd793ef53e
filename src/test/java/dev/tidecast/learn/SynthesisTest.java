package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.series.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SynthesisTest {
    private static final Settings SALES = settings("demand");
    private static final Settings PRICES = settings("stock");

    private static Settings settings(String name) {
        return Forecasters.settings(PipelineReader.read(Path.of("topology", name + ".yaml")));
    }

    @Test
    void theSameSeedGivesTheSameSeriesOnEveryMachine() {
        assertThat(checksum(Synthesis.of(SALES, 40, 1))).isEqualTo(1771644810L);
        assertThat(checksum(Synthesis.of(PRICES, 10, 1))).isEqualTo(1916727801L);
        assertThat(checksum(Synthesis.of(SALES, 40, 2))).isNotEqualTo(checksum(Synthesis.of(SALES, 40, 1)));
    }

    private static long checksum(SortedMap<String, List<Observation>> series) {
        CRC32C crc = new CRC32C();
        series.values()
                .forEach(all -> all.forEach(o -> {
                    for (long bits : new long[] {o.time(), Double.doubleToLongBits(o.value())}) {
                        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                            crc.update((int) (bits >>> shift) & 0xff);
                        }
                    }
                }));
        return crc.getValue();
    }

    @Test
    void aSeriesDoesNotDependOnHowManyThereAre() {
        assertThat(Synthesis.of(SALES, 30, 5)).containsAllEntriesOf(Synthesis.of(SALES, 10, 5));
    }

    @Test
    void salesAreWholeNumbersFromRareToPlentifulAndBeginWithASale() {
        SortedMap<String, List<Observation>> sales = Synthesis.of(SALES, 300, 1);
        List<Double> means = new ArrayList<>();
        for (List<Observation> all : sales.values()) {
            assertThat(all)
                    .allSatisfy(o -> assertThat(o.value()).isBetween(0., 1e6).isEqualTo(Math.rint(o.value())));
            assertThat(all.get(0).value()).isPositive();
            assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(a.time(), b.time()));
            long days = 1 + (all.get(all.size() - 1).time() - all.get(0).time()) / 86_400_000L;
            means.add(all.stream().mapToDouble(Observation::value).sum() / days);
        }
        assertThat(means).anyMatch(mean -> mean < .15).anyMatch(mean -> mean > 400);
        assertThat(means.stream().filter(mean -> mean < 1).count()).isBetween(60L, 180L);
    }

    @Test
    void movesOfPricesAreNotToldByTheLastOneButTheirSizesAre() {
        double[] signed = new double[3];
        double[] sized = new double[3];
        for (List<Observation> all : Synthesis.of(PRICES, 80, 1).values()) {
            double[] r = new double[all.size() - 1];
            double size = 0;
            for (int t = 0; t < r.length; t++) {
                r[t] = Math.log(all.get(t + 1).value() / all.get(t).value());
                size += Math.abs(r[t]) / r.length;
            }
            for (int t = 1; t < r.length; t++) {
                add(signed, clipped(r[t] / size), clipped(r[t - 1] / size));
                add(sized, clipped(Math.abs(r[t]) / size) - 1, clipped(Math.abs(r[t - 1]) / size) - 1);
            }
        }
        assertThat(signed[0] / Math.sqrt(signed[1] * signed[2])).isBetween(-.1, .05);
        assertThat(sized[0] / Math.sqrt(sized[1] * sized[2])).isGreaterThan(.15);
    }

    private static double clipped(double x) {
        return Math.max(-4, Math.min(4, x));
    }

    private static void add(double[] sums, double x, double y) {
        sums[0] += x * y;
        sums[1] += x * x;
        sums[2] += y * y;
    }

    @Test
    void nothingIsMadeForAnyOtherTarget(@TempDir Path folder) throws IOException {
        Settings hourly = Forecasters.settings(PipelineReader.read(Files.writeString(folder.resolve("p.yaml"), """
                pipeline: p
                sources: {x: {topic: t, key: record, value: /v}}
                bucket: {size: PT1H}
                horizon: 4
                target: {kind: count}
                """)));
        assertThat(Synthesis.knows(hourly)).isFalse();
        assertThatThrownBy(() -> Synthesis.of(hourly, 1, 1)).hasMessageContaining("daily counts and for prices");
    }
}
