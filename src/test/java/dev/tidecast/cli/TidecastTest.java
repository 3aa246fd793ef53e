package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.nn.cell.Cells;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TidecastTest {
    private static final String GOOD = """
            pipeline: shop
            sources:
              demand: {topic: sales, key: record, value: /qty}
            bucket: {size: P1D}
            horizon: 28
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Tidecast.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aSoundFileIsSaidToBeSound() throws IOException {
        assertThat(run("validate", file("a.yaml", GOOD))).isZero();
        assertThat(out.toString()).contains("a.yaml: ok: shop reads sales, forecasts 28 steps of P1D");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aSoundFileIsToldInWordsWhatItsNumbersAre() throws IOException {
        String quarters = file("a.yaml", GOOD.replace("P1D", "PT15M"));
        assertThat(run("validate", quarters)).isZero();
        assertThat(out.toString())
                .contains("  sum of /qty per 15 minutes; a bucket without events counts as 0;"
                        + " season: 96 steps (1 day), 672 steps (7 days)");
        assertThat(run("validate", "--output", "json", quarters)).isZero();
        assertThat(out.toString())
                .contains("\"number\":\"sum of /qty per 15 minutes\",\"empty\":\"a bucket without events counts as 0\","
                        + "\"season\":\"season: 96 steps (1 day), 672 steps (7 days)\"");
    }

    @Test
    void everyFileIsCheckedAndOneWrongOneIsEnoughToFail() throws IOException {
        String bad = file("b.yaml", GOOD.replace("P1D", "1h").replace("28", "0"));
        assertThat(run("validate", bad, file("a.yaml", GOOD))).isEqualTo(2);
        assertThat(err.toString())
                .contains("b.yaml:4: bucket.size must be an ISO-8601 duration >= PT1S, was \"1h\" (did you mean PT1H?)")
                .contains("b.yaml:5: horizon");
        assertThat(out.toString()).contains("a.yaml: ok");
    }

    @Test
    void problemsComeAsJsonTooWithTheirLines() throws IOException {
        assertThat(run("validate", "--output", "json", file("b.yaml", GOOD.replace("28", "0"))))
                .isEqualTo(2);
        assertThat(out.toString()).contains("\"ok\":false,\"problems\":[{\"line\":5,\"message\":");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThat(run("validate", folder.resolve("no.yaml").toString())).isEqualTo(2);
        assertThat(err.toString().strip()).endsWith("no.yaml: there is no such file");
    }

    @Test
    void theCatalogueIsListedWhole() {
        assertThat(run("cells")).isZero();
        Cells.names().forEach(name -> assertThat(out.toString()).contains(name));
        assertThat(run("cells", "--output", "json", "--units", "64", "--inputs", "8"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "{\"name\":\"lstm\",\"summary\":\"long short-term memory\",\"kind\":\"recurrent\",\"units\":[64],"
                                + "\"weights\":" + 4 * 64 * (8 + 64 + 1) + ",\"state_floats\":128,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "validat a", "validate", "run", "demo --for soon", "cells --units 0", "run --port x f"})
    void wrongUsageIsExitCode2AndPointsToTheHelp(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith("tidecast: ").contains("--help");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutBrokersRunSaysWhereToNameThem() throws IOException {
        assertThat(run("run", file("a.yaml", GOOD))).isEqualTo(2);
        assertThat(err.toString()).contains("--bootstrap HOST:PORT");
    }

    @Test
    void whatIsWrongWithTheOptionsOfRunIsFoundBeforeAnythingIsOpened() throws IOException {
        String good = file("a.yaml", GOOD);
        String state = folder.resolve("state").toString();
        refused("--port is from 0 (any free one) to 65535, was 99999", good, "a:1", state, "--port", "99999");
        refused("--port is from 0 (any free one) to 65535, was -1", good, "a:1", state, "--port", "-1");
        refused("--bootstrap is HOST:PORT[,HOST:PORT...], was localhost: add the port", good, "localhost", state);
        refused("--state-dir: cannot write " + good + ": it is no folder", good, "a:1", good);
        String file = file("b.yaml", GOOD + "kafka: {bootstrap.servers: localhost, state.dir: " + good + "}\n");
        assertThat(run("run", file)).isEqualTo(2);
        assertThat(err.toString()).contains("b.yaml: kafka.bootstrap.servers is HOST:PORT");
        assertThat(run("run", file, "--bootstrap", "a:1")).isEqualTo(2);
        assertThat(err.toString()).contains("b.yaml: kafka.state.dir: cannot write " + good);
    }

    private void refused(String message, String file, String brokers, String state, String... more) {
        err.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("run", file, "--bootstrap", brokers, "--state-dir", state));
        line.addAll(List.of(more));
        assertThat(run(line.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString()).startsWith("tidecast: " + message);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aSettingThatKafkaRefusesIsWrongUsage() throws IOException {
        String file = file("a.yaml", GOOD + "kafka: {num.stream.threads: many}\n");
        String state = folder.resolve("state").toString();
        assertThat(run("run", file, "--bootstrap", "127.0.0.1:9", "--state-dir", state, "--port", "0"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("num.stream.threads")
                .satisfies(text -> assertThat(text.lines()).hasSize(1));
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsSaidBeforeTheWorkBegins() throws IOException {
        String good = file("a.yaml", GOOD);
        String nowhere = folder.resolve("nowhere/x").toString();
        for (String line : List.of(
                "train " + good + " --made 3 --out " + nowhere,
                "backtest " + good + " --made 3 --report " + nowhere,
                "backtest " + good + " --made 3 --forecasts " + nowhere)) {
            err.getBuffer().setLength(0);
            assertThat(run(line.split(" "))).isEqualTo(2);
            assertThat(err.toString())
                    .contains(": cannot write " + nowhere + ": there is no folder " + folder.resolve("nowhere")
                            + ": make it, or name a file elsewhere");
            assertThat(err.toString().lines()).hasSize(1);
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void theLastErrorHasTheFormOfTheLog() {
        String[] wrong = {"run", folder.resolve("no.yaml").toString()};
        PrintWriter to = new PrintWriter(err, true);
        assertThat(Tidecast.runIn("json", to, to, wrong)).isEqualTo(2);
        assertThat(Tidecast.runIn("json", to, to, "run")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("\\{\"timestamp\":\"[^\"]+Z\",\"level\":\"ERROR\","
                        + "\"logger\":\"dev.tidecast.cli.Tidecast\",\"thread\":\"[^\"]+\",\"message\":\".*\"\\}"));
    }

    @Test
    void aFormOfTheLogThatIsNotThereIsWrongUsage() {
        assertThat(Tidecast.runIn("xml", new PrintWriter(out, true), new PrintWriter(err, true), "cells"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("LOG_FORMAT is text, json or trace, was xml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "validate", "cells"})
    void everyVerbHasHelp(String verb) {
        assertThat(run(verb, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: tidecast " + verb);
    }
}
