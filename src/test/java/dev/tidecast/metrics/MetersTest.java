package dev.tidecast.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {
    private final Meters meters = new Meters();
    private final PipelineMeters demand = meters.pipeline("demand");

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void everyNamedFamilyIsOnThePageOnceItHasBeenFed() {
        feed();
        String page = meters.scrape();
        for (String family : MeterNames.families()) {
            assertThat(page).as(family).containsPattern("(?m)^" + family + "(_count|_bytes)?\\{.*pipeline=\"demand\"");
        }
    }

    @Test
    void everyFamilyOnThePageIsANamedOne() {
        feed();
        List<String> shown = Pattern.compile("(?m)^# TYPE (tidecast_\\S+) ")
                .matcher(meters.scrape())
                .results()
                .map(m -> m.group(1).replaceFirst("_max$", ""))
                .distinct()
                .toList();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(MeterNames.families());
    }

    @Test
    void skillAndCoverageAreRatiosOfTheRunningSums() {
        demand.score(7, 2, 4, true);
        demand.score(7, 1, 8, false);
        assertThat(value("tidecast_skill_ratio\\{horizon=\"7\",pipeline=\"demand\"\\}"))
                .isCloseTo(0.75, within(1e-12));
        assertThat(value("tidecast_interval_coverage_ratio\\{horizon=\"7\",pipeline=\"demand\"\\}"))
                .isCloseTo(0.5, within(1e-12));
    }

    @Test
    void pipelinesAreCountedApart() {
        meters.pipeline("stock").event("ok");
        demand.event("ok");
        demand.event("ok");
        assertThat(value("tidecast_events_total\\{pipeline=\"demand\",result=\"ok\"\\}"))
                .isEqualTo(2);
        assertThat(value("tidecast_events_total\\{pipeline=\"stock\",result=\"ok\"\\}"))
                .isEqualTo(1);
    }

    @Test
    void aTruthWithoutANaiveErrorDoesNotSpoilTheSums() {
        demand.score(1, 2, 4, true);
        demand.score(1, 3, Double.NaN, true);
        assertThat(value("tidecast_skill_ratio\\{horizon=\"1\",pipeline=\"demand\"\\}"))
                .isCloseTo(0.5, within(1e-12));
    }

    private void feed() {
        demand.event("ok");
        demand.forecast("close");
        demand.deadLetter("NOT_JSON");
        demand.lateEvent();
        demand.bucketsClosed(2);
        demand.corruptState();
        demand.threadRestarted();
        demand.processed(40_000);
        demand.stateWritten("series", 900);
        demand.score(1, 1, 2, true);
    }

    private double value(String series) {
        Matcher line = Pattern.compile("(?m)^" + series + " (\\S+)$").matcher(meters.scrape());
        assertThat(line.find()).as(series).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
