package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.Target;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.nn.cell.CellEntry;
import dev.tidecast.nn.cell.CellOption;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.series.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineReaderTest {
    private static final String WHOLE = """
            pipeline: store-demand
            kafka: {bootstrap.servers: "${env:KAFKA}", sasl.jaas.config: "user=x password=hunter2"}
            topics: {forecasts: retail.demand.v2}
            sources:
              demand: {topic: retail.sales, key: [/store, /sku], value: /qty, time: /sold~1at}
            bucket:    {size: P1D, zone: Europe/Prague, aggregate: sum}
            horizon:   14
            quantiles: [0.05, 0.5, 0.95]
            season:    7
            target:    {kind: count, min: 0, max: 1000}
            late:      {grace: PT6H, after: drop}
            missing:   mask
            max_future: none
            emit:      {on: bucket}
            http:      {host: 0.0.0.0, port: 9000}
            """;

    @Test
    void theSmallestFileIsCompleted() {
        Pipeline pipeline = Yaml.read(Yaml.SMALLEST);
        assertThat(pipeline.name()).isEqualTo("shop");
        assertThat(pipeline.source())
                .isEqualTo(new SourceSpec("demand", "sales", KeySpec.RECORD, JsonPath.of("/qty"), null));
        assertThat(pipeline.buckets().text()).isEqualTo("P1D");
        assertThat(pipeline.quantiles()).containsExactly(0.1, 0.5, 0.9);
        assertThat(pipeline.seasons()).containsExactly(7);
        assertThat(pipeline.maxFuture()).isEqualTo(Duration.ofMinutes(10));
        assertThat(pipeline.emit()).isEqualTo(Emit.EVENT);
        assertThat(pipeline.late()).isEqualTo(new Late(Duration.ZERO, Late.After.DLQ));
        assertThat(pipeline.http()).isEqualTo(HttpSpec.DEFAULT);
        assertThat(pipeline.model()).isNull();
        assertThat(pipeline.topic(Kind.DLQ)).isEqualTo("shop.dlq");
    }

    @Test
    void everyFieldIsRead() {
        Pipeline pipeline = Yaml.read("p.yaml", WHOLE, Map.of("KAFKA", "broker:9092"));
        assertThat(pipeline.kafka()).containsEntry("bootstrap.servers", "broker:9092");
        assertThat(pipeline.source().key().paths()).extracting(JsonPath::last).containsExactly("store", "sku");
        assertThat(pipeline.source().time()).extracting(JsonPath::segments).isEqualTo(List.of("sold/at"));
        assertThat(pipeline.buckets().zone()).isEqualTo(ZoneId.of("Europe/Prague"));
        assertThat(pipeline.zone()).isEqualTo("Europe/Prague");
        assertThat(pipeline.target()).isEqualTo(new Target(TargetKind.COUNT, 0, 1000));
        assertThat(pipeline.late()).isEqualTo(new Late(Duration.ofHours(6), Late.After.DROP));
        assertThat(pipeline.missing()).isEqualTo(Missing.MASK);
        assertThat(pipeline.maxFuture()).isNull();
        assertThat(pipeline.emit()).isEqualTo(Emit.BUCKET);
        assertThat(pipeline.topic(Kind.FORECASTS)).isEqualTo("retail.demand.v2");
        assertThat(pipeline.http()).isEqualTo(new HttpSpec("0.0.0.0", 9000));
    }

    @ParameterizedTest
    @CsvSource({
        "count, SUM, ZERO, 0",
        "nonneg, SUM, ZERO, 0",
        "price, LAST, PREVIOUS, 0",
        "positive, MEAN, MASK, 0",
        "real, SUM, ZERO, NaN"
    })
    void theKindOfTargetFixesWhatIsNotSaid(String kind, Aggregate aggregate, Missing missing, double min) {
        Pipeline pipeline = Yaml.read(Yaml.SMALLEST + "target: {kind: " + kind + "}\n");
        assertThat(pipeline.buckets().aggregate()).isEqualTo(aggregate);
        assertThat(pipeline.missing()).isEqualTo(missing);
        assertThat(pipeline.target().min()).isEqualTo(Double.valueOf(min));
        assertThat(pipeline.target().max()).isNaN();
    }

    @ParameterizedTest
    @CsvSource({
        "count, sum, ZERO",
        "nonneg, count, ZERO",
        "real, sum, ZERO",
        "real, count, ZERO",
        "count, last, MASK",
        "nonneg, mean, MASK",
        "real, max, MASK",
        "positive, sum, MASK",
        "price, sum, PREVIOUS"
    })
    void whatAnEmptyBucketMeansFollowsWhatTheNumberIs(String kind, String aggregate, Missing missing) {
        String bucket = "bucket: {size: P1D, aggregate: " + aggregate + "}";
        String yaml = Yaml.SMALLEST.replace("bucket: {size: P1D}", bucket) + "target: {kind: " + kind + "}\n";
        assertThat(Yaml.read(yaml).missing()).isEqualTo(missing);
        assertThat(Yaml.read(yaml + "missing: previous\n").missing()).isEqualTo(Missing.PREVIOUS);
    }

    @Test
    void numbersAreOfJsonUnlessTheSourceSaysText() {
        assertThat(Yaml.read(Yaml.SMALLEST).source().value().form()).isEqualTo(NumberForm.JSON);
        Pipeline text = Yaml.read(Yaml.SMALLEST.replace("value: /qty", "value: /qty, number: text"));
        assertThat(text.source().value().form()).isEqualTo(NumberForm.TEXT);
    }

    @Test
    void withoutBucketsEveryEventIsAStep() {
        Pipeline pipeline = Yaml.read(Yaml.SMALLEST.replace("{size: P1D}", "none"));
        assertThat(pipeline.buckets().isNone()).isTrue();
        assertThat(pipeline.seasons()).containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyCellOfTheCatalogueCanBeAskedForWithItsOptions(CellEntry entry) {
        StringBuilder model = new StringBuilder("model: {cell: " + entry.name());
        model.append(", units: ").append(Arrays.toString(entry.example())).append(", lags: [7, 14]");
        Set<String> named = new LinkedHashSet<>();
        for (CellOption option : entry.options()) {
            named.add(option.name());
            model.append(", " + option.name() + ": " + option.usual());
        }
        ModelSpec read = Yaml.read(Yaml.SMALLEST + model + "}\n").model();
        assertThat(read).isNotNull();
        assertThat(read.cell()).isEqualTo(entry.name());
        assertThat(read.lags()).containsExactly(7, 14);
        assertThat(read.options().keySet()).containsExactlyInAnyOrderElementsOf(named);
    }

    static List<CellEntry> cells() {
        return Cells.entries();
    }

    @Test
    void aCellMadeOfAnotherTakesTheOptionsOfBoth() {
        String model = "model: {cell: stacked, of: lstm, units: [8, 8], residual: true, peepholes: true}\n";
        ModelSpec read = Yaml.read(Yaml.SMALLEST + model).model();
        assertThat(read).isNotNull();
        assertThat(read.options()).isEqualTo(Map.of("of", "lstm", "residual", true, "peepholes", true));
    }

    @Test
    void settingsOfAForecasterAreThoseOfThePipeline() {
        Settings settings = Forecasters.settings(Yaml.read("p.yaml", WHOLE, Map.of("KAFKA", "b:1")));
        assertThat(settings.pipeline()).isEqualTo("store-demand");
        assertThat(settings.graceMillis()).isEqualTo(21_600_000);
        assertThat(settings.horizon()).isEqualTo(14);
        assertThat(settings.target().max()).isEqualTo(1000);
    }

    @Test
    void secretsAreNeverShown() {
        Pipeline pipeline = Yaml.read("p.yaml", WHOLE, Map.of("KAFKA", "b:1"));
        assertThat(pipeline.toString()).doesNotContain("hunter2");
        assertThat(pipeline.connections().toString()).doesNotContain("hunter2");
        assertThat(pipeline.shownKafka()).containsEntry("sasl.jaas.config", "***");
        assertThat(pipeline.kafka().get("sasl.jaas.config")).contains("hunter2");
    }

    @Test
    void whatIsFilledInIsOneTextAndNeverMoreYaml() {
        String yaml = Yaml.SMALLEST + "kafka: {client.id: \"${env:ID}\", a: \"${env:NO:-b c}\", d: \"$${env:ID}\"}\n";
        Pipeline pipeline = Yaml.read("p.yaml", yaml, Map.of("ID", "x}\nhorizon: 1\n#"));
        assertThat(pipeline.kafka())
                .containsEntry("client.id", "x}\nhorizon: 1\n#")
                .containsEntry("a", "b c")
                .containsEntry("d", "${env:ID}");
        assertThat(pipeline.horizon()).isEqualTo(28);
    }

    @Test
    void aSecretMayStandInAFileOfItsOwn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("secret"), "hunter2\n");
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, Yaml.SMALLEST + "kafka: {ssl.key.password: \"${file:secret}\"}\n");
        assertThat(PipelineReader.read(file).kafka()).containsEntry("ssl.key.password", "hunter2");
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissing(@TempDir Path folder) {
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> PipelineReader.read(folder.resolve("no.yaml")))
                .withMessageEndingWith("no.yaml: there is no such file");
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithTheirLine() {
        byte[] bytes = {'a', ':', ' ', 'b', '\n', (byte) 0xC3, (byte) 0x28};
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> PipelineReader.read("p.yaml", bytes, name -> null, Path.of(".")))
                .withMessage("p.yaml:2: is not UTF-8 text");
    }

    @Test
    void moreThanNinetyNineQuantilesAreAProblemOfTheFile() {
        List<String> levels =
                IntStream.range(0, 100).mapToObj(i -> "0." + (200 + i)).toList();
        assertThatExceptionOfType(PipelineException.class)
                .isThrownBy(() -> Yaml.read(Yaml.SMALLEST + "quantiles: " + levels + "\n"))
                .withMessage("shop.yaml:6: quantiles has more than 99 levels");
    }
}
