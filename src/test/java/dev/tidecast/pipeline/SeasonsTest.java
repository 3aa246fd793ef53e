package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.spec.Seasons;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonsTest {
    private static int[] seasons(String size) {
        return Yaml.read(Yaml.SMALLEST.replace("P1D", size)).seasons();
    }

    private static String text(int[] seasons) {
        return Arrays.stream(seasons).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 60",
        "PT2S, 30",
        "PT3S, 20",
        "PT4S, 900",
        "PT5S, 720",
        "PT10S, 360",
        "PT30S, 120",
        "PT1M, 60",
        "PT2M, 720",
        "PT5M, 288",
        "PT10M, 144 1008",
        "PT15M, 96 672",
        "PT20M, 72 504",
        "PT30M, 48 336",
        "PT1H, 24 168",
        "PT90M, 16 112",
        "PT2H, 12 84",
        "PT3H, 8 56",
        "PT4H, 6 42",
        "PT6H, 4 28",
        "PT8H, 3 21",
        "PT12H, 2 14",
        "PT7H, 24",
        "PT84H, 2",
        "P1D, 7",
        "P2D, 7",
        "P4D, 7",
        "P1W, 52",
        "P2W, 26",
        "P3W, 17",
        "P4W, 13",
        "P13W, 4",
        "P26W, 2",
        "P10D, 37",
        "P30D, 12"
    })
    void theClockOrTheCalendarFixesTheSeason(String size, String seasons) {
        assertThat(text(seasons(size))).isEqualTo(seasons);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT36H", "PT7M", "PT11S", "P5D", "P6D", "P20W", "P52W", "P100D"})
    void aSizeThatMeetsNeitherClockNorYearHasNoSeason(String size) {
        assertThat(seasons(size)).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"P1D, 7", "PT1H, 24 168", "PT5M, 1", "P1W, 1"})
    void pricesHaveASeasonOfDaysAndHoursAlone(String size, String seasons) {
        String price = Yaml.SMALLEST.replace("P1D", size) + "target: {kind: price}\n";
        assertThat(text(Yaml.read(price).seasons())).isEqualTo(seasons);
    }

    @Test
    void everySeasonIsOneTheForecasterTakes() {
        IntStream.rangeClosed(1, 400).forEach(n -> {
            takes(seasons("PT" + n + "M"));
            takes(seasons("PT" + n + "S"));
            takes(seasons("P" + n + "D"));
        });
    }

    private static void takes(int[] seasons) {
        assertThat(seasons).hasSizeBetween(1, 3).isSorted().doesNotHaveDuplicates();
        assertThat(seasons[0] > 1 || seasons.length == 1).isTrue();
        assertThat(seasons[seasons.length - 1]).isBetween(1, Seasons.LONGEST);
    }

    @Test
    void whatTheFileSaysComesFirst() {
        assertThat(Yaml.read(Yaml.SMALLEST + "season: 1\n").seasons()).containsExactly(1);
        assertThat(Yaml.read(Yaml.SMALLEST + "season: [96, 672, 1024]\n").seasons())
                .containsExactly(96, 672, 1024);
    }
}
