package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.tidecast.LogLines;
import dev.tidecast.forecast.fold.Watermark;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Source;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatermarkWatchTest {
    private static final long BUCKET = 490_000;
    private static final Source SLOW = new Source("readings", 2, 0, 0);

    private final Pipeline pipeline = Pipelines.recordKey();
    private final Meters meters = new Meters();
    private final WatermarkWatch watch = new WatermarkWatch(pipeline, meters.pipeline(pipeline.name()));
    private final LogLines said = new LogLines(WatermarkWatch.class);

    @AfterEach
    void close() {
        said.close();
        meters.close();
    }

    @Test
    void aWatermarkThatHoldsBackAWholeHorizonIsWarnedOfOnceAndAtEachDoubling() {
        for (long lag = 0; lag < 40; lag++) {
            watch.see("0_1", held(lag));
            watch.see("0_1", held(lag));
        }
        assertThat(warnings()).hasSize(3).allMatch(line -> line.contains("partition 2 of readings"));
        assertThat(warnings().get(0))
                .contains("come to 2025-11-24T16:00:00Z while others stand at 2025-11-24T22:00:00Z");
        watch.see("0_1", new Watermark(BUCKET, BUCKET, null, 0));
        assertThat(said.texts(Level.INFO)).hasSize(1);
        watch.see("0_1", held(pipeline.horizon()));
        assertThat(warnings()).hasSize(4);
    }

    @Test
    void howFarItIsBehindIsAMetricUntilTheTaskIsGone() {
        watch.see("0_1", held(3));
        assertThat(metric("tidecast_watermark_lag_seconds")).isEqualTo(3 * 3600.0);
        new WatermarkWatch(pipeline, meters.pipeline(pipeline.name())).see("0_2", held(2));
        assertThat(metric("tidecast_watermark_lag_seconds"))
                .as("the largest counts")
                .isEqualTo(3 * 3600.0);
        watch.forget("0_1");
        assertThat(metric("tidecast_watermark_lag_seconds")).isEqualTo(2 * 3600.0);
    }

    @Test
    void aSourceThatIsNoLongerWaitedForIsToldOnce() {
        watch.see("0_1", new Watermark(BUCKET, BUCKET, null, 0));
        watch.see("0_1", new Watermark(BUCKET, BUCKET, null, 1));
        watch.see("0_1", new Watermark(BUCKET + 1, BUCKET + 1, null, 1));
        assertThat(warnings()).singleElement().asString().contains("send nothing while others do: 1 of them");
        assertThat(metric("tidecast_idle_sources")).isEqualTo(1);
    }

    private static Watermark held(long lag) {
        return new Watermark(BUCKET, BUCKET + lag, lag == 0 ? null : SLOW, 0);
    }

    private List<String> warnings() {
        return said.texts(Level.WARN);
    }

    private double metric(String name) {
        return meters.scrape()
                .lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }
}
