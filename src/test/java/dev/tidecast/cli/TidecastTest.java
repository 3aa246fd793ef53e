package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.nn.cell.Cells;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "validate", "cells"})
    void everyVerbHasHelp(String verb) {
        assertThat(run(verb, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: tidecast " + verb);
    }
}
