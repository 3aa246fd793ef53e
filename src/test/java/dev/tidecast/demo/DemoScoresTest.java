package dev.tidecast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Rows;
import dev.tidecast.backtest.Scoreboard;
import dev.tidecast.embedded.Sample;
import dev.tidecast.embedded.SampleStream;
import dev.tidecast.embedded.SampleStreams;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the demo streams is forecast well by the pipelines and starter models that ship: the fold, without brokers and clocks. */
class DemoScoresTest {
    private static final long DAY = 86_400_000L;

    /** The records of a stream that can be read, for a stretch of its time. */
    private static final class Stretch implements Rows {
        private final SampleStream stream;
        private final long until;
        private final Function<String, String> key;
        private final Pattern value;
        private final Pattern time;
        private String json = "";

        Stretch(SampleStream stream, long until, Function<String, String> key, String value, String time) {
            this.stream = stream;
            this.until = until;
            this.key = key;
            this.value = Pattern.compile("\"" + value + "\":([0-9.]+)");
            this.time = Pattern.compile("\"" + time + "\":\"([^\"]+)\"");
        }

        @Override
        public boolean next() {
            Sample sample = stream.next();
            while (sample.kind().bad()) {
                sample = stream.next();
            }
            json = new String(sample.value(), StandardCharsets.UTF_8);
            return sample.at() < until;
        }

        @Override
        public String key() {
            return key.apply(json);
        }

        @Override
        public long time() {
            return Instant.parse(found(time, json)).toEpochMilli();
        }

        @Override
        public double value() {
            return Double.parseDouble(found(value, json));
        }

        @Override
        public double done() {
            return 0;
        }

        @Override
        public String place() {
            return json;
        }
    }

    private static String found(Pattern field, String json) {
        Matcher matcher = field.matcher(json);
        assertThat(matcher.find()).as(json).isTrue();
        return matcher.group(1);
    }

    private static Function<String, String> field(String name) {
        Pattern pattern = Pattern.compile("\"" + name + "\":\"([^\"]+)\"");
        return json -> found(pattern, json);
    }

    private static Scoreboard scores(String file, Rows rows) {
        Pipeline pipeline = PipelineReader.read(Path.of("topology", file));
        Forecaster forecaster = Forecasters.forCloses(pipeline);
        Scoreboard board = new Scoreboard(pipeline.quantiles(), Long.MIN_VALUE);
        Rerun rerun = new Rerun(forecaster, Forecasters.model(pipeline, forecaster), board);
        board.against(rerun.rivals());
        rerun.run(rows);
        return board;
    }

    @Test
    void salesAreForecastBetterThanTheSeasonalNaiveDoesIt() {
        long until = SampleStreams.DEMAND_START.toEpochMilli() + 120 * DAY;
        Function<String, String> store = field("store");
        Function<String, String> sku = field("sku");
        Scoreboard board = scores(
                "demand.yaml",
                new Stretch(
                        SampleStreams.demand(1, SampleStreams.DEMAND_START),
                        until,
                        json -> store.apply(json) + "/" + sku.apply(json),
                        "qty",
                        "sold_at"));
        assertThat(board.reference()).isEqualTo("seasonal_naive");
        for (Scoreboard.Tier group : board.groups()) {
            assertThat(group.errors(board.referencePlace()).ratio()).isLessThan(.85);
            assertThat(group.ladder().coverage(group.ladder().widest())).isBetween(.76, .88);
        }
    }

    @Test
    void pricesAreForecastAsTheLastOneAndTheirBandsHoldWhatTheySay() {
        long until = SampleStreams.STOCK_START.toEpochMilli() + 5 * DAY;
        Scoreboard board = scores(
                "stock.yaml",
                new Stretch(
                        SampleStreams.stock(1, SampleStreams.STOCK_START),
                        until,
                        field("symbol"),
                        "price",
                        "traded_at"));
        assertThat(board.reference()).isEqualTo("persistence");
        for (Scoreboard.Tier group : board.groups()) {
            assertThat(group.errors(board.referencePlace()).ratio()).isBetween(.99, 1.01);
            assertThat(group.ladder().coverage(group.ladder().widest())).isBetween(.76, .84);
        }
    }
}
