package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.PartitionFold;
import dev.tidecast.forecast.fold.Sources;
import dev.tidecast.forecast.fold.Stores;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.JsonPath;
import dev.tidecast.pipeline.KeySpec;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShippedPipelinesTest {
    private static final Pipeline DEMAND = PipelineReader.read(Path.of("topology/demand.yaml"));
    private static final Pipeline STOCK = PipelineReader.read(Path.of("topology/stock.yaml"));

    @Test
    void readTheFieldsTheStreamsWrite() {
        finds(DEMAND, SampleStreams.demand(1, SampleStreams.DEMAND_START));
        finds(STOCK, SampleStreams.stock(1, SampleStreams.STOCK_START));
    }

    private static void finds(Pipeline pipeline, SampleStream stream) {
        Sample sample = stream.next();
        while (sample.kind() != Sample.Kind.GOOD) {
            sample = stream.next();
        }
        String json = new String(sample.value(), StandardCharsets.UTF_8);
        List<JsonPath> paths = new ArrayList<>(pipeline.source().key().paths());
        Stream.of(pipeline.source().value().path(), pipeline.source().time()).forEach(paths::add);
        assertThat(paths).allSatisfy(path -> assertThat(json).contains("\"" + path.last() + "\":"));
    }

    @Test
    void graceCoversEveryDelayAndNothingThatIsLate() {
        assertThat(DEMAND.late().grace()).isEqualTo(Duration.ofHours(6));
        assertThat(STOCK.late().grace()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void daysOfTheShopAreCutWhereItIs() {
        assertThat(DEMAND.buckets().zone())
                .isEqualTo(ZoneId.of("Europe/Prague"))
                .isEqualTo(DemandDays.ZONE);
    }

    @Test
    void oneRemakesTheKeyAndTheOtherTakesTheRecords() {
        assertThat(DEMAND.source().key().paths()).extracting(JsonPath::last).containsExactly("store", "sku");
        assertThat(STOCK.source().key()).isEqualTo(KeySpec.RECORD);
    }

    /** After a change of features, experts or network the models have to be made again: {@code bin/starter}. */
    @Test
    void theStarterModelsAreForThesePipelines() throws IOException {
        for (Pipeline pipeline : List.of(DEMAND, STOCK)) {
            Path file = Path.of("topology", pipeline.name() + ".model");
            assertThat(Objects.requireNonNull(pipeline.model()).file()).endsWithRaw(file);
            assertThat(Files.size(file)).isLessThan(250_000);
            Forecaster forecaster = Forecasters.of(pipeline);
            Model model = Forecasters.model(pipeline, forecaster);
            assertThat(model.network()).isNotNull();
            assertThat(model.prior()).hasSameSizeAs(forecaster.firstModel().prior());
        }
    }

    /** New products that sell a hundred a day, give or take ten. */
    @Test
    void theLongerASteadyKeyIsKnownTheNarrowerTheIntervalOfTheStarterModel() {
        Forecaster forecaster = Forecasters.forCloses(DEMAND);
        Model model = Forecasters.model(DEMAND, forecaster);
        int keys = 8;
        double[] mean = new double[3];
        for (int key = 0; key < keys; key++) {
            double[] widths = widths(forecaster, model, new SplittableRandom(key));
            mean[0] += widths[0] / keys;
            mean[1] += widths[9] / keys;
            mean[2] += widths[59] / keys;
            assertThat(widths[59]).isLessThan(widths[9]).isLessThan(widths[0] / 1.5);
        }
        assertThat(mean[0]).isGreaterThan(1.1 * mean[1]);
        assertThat(mean[1]).isGreaterThan(1.2 * mean[2]);
        // The truth is 1.28 tenths to both sides.
        assertThat(mean[2]).isBetween(.25, .35);
    }

    @Test
    void whatThePlanSaysIsWhatAKeyTakes() {
        Forecaster forecaster = Forecasters.of(DEMAND);
        Stores stores = Stores.inMemory();
        PartitionFold fold = new PartitionFold(forecaster, Forecasters.model(DEMAND, forecaster), stores, Sources.ONE);
        for (int day = 0; day < 60; day++) {
            long time = SampleStreams.DEMAND_START.plus(Duration.ofDays(day)).toEpochMilli();
            fold.observe(new Observation("a", time, day % 9, time, new Source("shop", 0, day, time)));
        }
        int planned = forecaster.keptBytes().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        assertThat(Objects.requireNonNull(stores.series().get("a"))).hasSize(planned);
        assertThat(planned).isEqualTo(2101);
    }

    /** After each observation the width of 80 % one step ahead, as a share of the median. */
    private static double[] widths(Forecaster forecaster, Model model, SplittableRandom random) {
        double[] widths = new double[60];
        KeyState state = null;
        for (int day = 0; day < widths.length; day++) {
            long time = SampleStreams.DEMAND_START.plus(Duration.ofDays(day)).toEpochMilli();
            double sold = Math.rint(100 + 10 * random.nextGaussian());
            Observation o = new Observation("1|new", time, sold, time, new Source("shop", 0, day, time));
            state = forecaster.arrive(state == null ? forecaster.birth(o) : state, o);
            Closing closing = forecaster.close(model, o.key(), state, state.firstOpen() + 1, o.source());
            Forecast f = Objects.requireNonNull(closing.forecast());
            widths[day] = (f.quantile(1, 2) - f.quantile(1, 0)) / f.quantile(1, 1);
            state = closing.state();
        }
        return widths;
    }
}
