package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherIT {
    private static final long PATIENCE_MILLIS = 90_000;

    @TempDir
    Path temporary;

    @Test
    void theVersionSaysWhatRunsAndNothingElseIsSaid() throws Exception {
        try (Launched tidecast = Launched.start(temporary, "--version")) {
            assertThat(tidecast.output())
                    .contains("tidecast 0.", "java     " + System.getProperty("java.runtime.version"), "kernels  ");
            assertThat(tidecast.exitCode()).isZero();
            assertThat(tidecast.errors()).isEmpty();
        }
    }

    @Test
    void theShippedPipelinesAreSound() throws Exception {
        try (Launched tidecast = Launched.start(temporary, "validate", "topology/demand.yaml", "topology/stock.yaml")) {
            assertThat(tidecast.output()).contains("demand.yaml: ok", "stock.yaml: ok");
            assertThat(tidecast.exitCode()).isZero();
        }
    }

    @Test
    void aWrongFileIsExitCode2AndItsLineIsOnTheErrorStream() throws Exception {
        Path file = Files.writeString(temporary.resolve("bad.yaml"), "pipeline: shop\nhorizon: none\n");
        try (Launched tidecast = Launched.start(temporary, "validate", file.toString())) {
            assertThat(tidecast.output()).isEmpty();
            assertThat(tidecast.exitCode()).isEqualTo(2);
            assertThat(tidecast.errors())
                    .contains("bad.yaml:2: horizon must be a whole number from 1 to 400, was \"none\"")
                    .doesNotContain("incubator");
        }
    }

    @Test
    void whatIsNoJdkIsRefusedByName() throws Exception {
        try (Launched tidecast = Launched.start(temporary, Map.of("TIDECAST_JAVA_HOME", "/nowhere"), "--version")) {
            assertThat(tidecast.output()).isEmpty();
            assertThat(tidecast.exitCode()).isEqualTo(2);
            assertThat(tidecast.errors()).contains("tidecast: TIDECAST_JAVA_HOME is /nowhere, which is no JDK 17");
        }
    }

    @Test
    void withoutABuildAndWithoutMavenItSaysWhatToInstall() throws Exception {
        Path checkout = Files.createDirectory(temporary.resolve("checkout"));
        Path tools = Files.createDirectory(temporary.resolve("tools"));
        Files.copy(Path.of("tidecast"), checkout.resolve("tidecast"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool : List.of("bash", "dirname", "readlink", "find", "mkdir")) {
            Path found = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
        try (Launched tidecast = Launched.start(
                temporary, Map.of("PATH", tools.toString(), "TIDECAST_NO_BUILD", ""), checkout, "--version")) {
            assertThat(tidecast.output()).isEmpty();
            assertThat(tidecast.exitCode()).isEqualTo(2);
            assertThat(tidecast.errors()).contains("Maven is not on the PATH. Install Maven 3.8 or newer");
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(tools)) {
            for (Path link : links) {
                Files.delete(link);
            }
        }
    }

    @Test
    void theDemoAccountsForEveryEventAndLeavesNothing() throws Exception {
        try (Launched demo = Launched.start(temporary, "demo", "--for", "15s", "--output", "json", "--port", "0")) {
            String summary = demo.output().strip();
            assertThat(demo.exitCode()).as(summary + demo.errors()).isZero();
            assertThat(summary.lines()).hasSize(1);
            assertThat(summary)
                    .startsWith("{\"ok\":true,")
                    .contains("\"faults\":[]", "\"pipeline\":\"demand\"", "\"pipeline\":\"stock\"")
                    .containsPattern("\"first_forecast_seconds\":[0-9]+\\.[0-9]+")
                    .containsPattern("\"dead_letters\":\\{\"[A-Z_]+\":[0-9]+")
                    .containsPattern("\"coverage\":0\\.[0-9]+");
            assertThat(demo.errors()).contains("starting a Kafka broker");
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void theDemoStopsWhenItIsToldTo() throws Exception {
        try (Launched demo = Launched.start(temporary, "demo", "--port", "0")) {
            demo.lineWith("look at");
            demo.signal("TERM");
            assertThat(demo.endsWithin(PATIENCE_MILLIS)).isTrue();
            assertThat(demo.exitCode()).as(demo.errors()).isZero();
            assertThat(demo.errors()).isEmpty();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void anImpatientEndLeavesNothing() throws Exception {
        endImpatiently(1);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(longs = {2, 3, 4, 5})
    void anImpatientEndAtAnyMomentLeavesNothing(long seed) throws Exception {
        endImpatiently(seed);
    }

    /** Even seeds: to the process alone, as kill does; odd ones: to all of them, as a terminal and timeout do. */
    private void endImpatiently(long seed) throws Exception {
        Random random = new Random(seed);
        int signals = 2 + random.nextInt(2);
        try (Launched demo = Launched.start(temporary, "demo", "--port", "0")) {
            for (int i = 0; i < signals; i++) {
                if (!demo.endsWithin(random.nextInt(i == 0 ? 12_000 : 1_000))) {
                    interrupt(demo, seed % 2 == 1);
                }
            }
            endsAndLeavesNothing(demo);
        }
    }

    @Test
    void twoInterruptsAtOnceLeaveNothingOfADemoThatRuns() throws Exception {
        try (Launched demo = Launched.start(temporary, "demo", "--port", "0")) {
            demo.lineWith("look at");
            assertThat(temporary).isNotEmptyDirectory();
            interrupt(demo, true);
            interrupt(demo, true);
            endsAndLeavesNothing(demo);
        }
    }

    @Test
    void evenAJvmThatIsKilledLeavesNothing() throws Exception {
        try (Launched demo = Launched.start(temporary, "demo", "--port", "0")) {
            demo.lineWith("look at");
            demo.signal("KILL");
            assertThat(demo.endsWithin(PATIENCE_MILLIS)).isTrue();
            assertThat(demo.errors()).doesNotContain("cannot");
            assertThat(temporary).isEmptyDirectory();
        }
    }

    private static void interrupt(Launched demo, boolean all) throws Exception {
        if (all) {
            demo.signalAll("INT");
        } else {
            demo.signal("INT");
        }
    }

    /** 0 if all could be closed in time, 130 if not or if the JVM was not yet there to do it. */
    private void endsAndLeavesNothing(Launched demo) throws Exception {
        assertThat(demo.endsWithin(PATIENCE_MILLIS)).isTrue();
        assertThat(demo.exitCode()).as(demo.errors()).isIn(0, 130);
        assertThat(demo.errors()).doesNotContain("xception", "cannot");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theLogAndTheLastErrorAreJsonIfThatIsAskedFor() throws Exception {
        Path file = Files.writeString(temporary.resolve("shop.yaml"), """
                pipeline: shop
                sources:
                  demand: {topic: sales, key: record, value: /qty}
                bucket: {size: P1D}
                horizon: 7
                """);
        String[] line = {"run", file.toString(), "--bootstrap", "127.0.0.1:9", "--state-dir", "", "--port", "0"};
        line[5] = temporary.resolve("one").toString();
        try (Launched json = Launched.start(temporary, Map.of("LOG_FORMAT", "json"), line)) {
            assertThat(json.output()).isEmpty();
            assertThat(json.exitCode()).isEqualTo(1);
            List<String> said = json.errors().lines().toList();
            for (String one : said) {
                assertThat(fields(one)).contains("timestamp", "level", "logger", "thread", "message");
            }
            assertThat(json.errors()).contains("could not be established");
            assertThat(said.get(said.size() - 1)).contains("no broker answers at 127.0.0.1:9");
        }
        line[5] = temporary.resolve("two").toString();
        try (Launched text = Launched.start(temporary, line)) {
            assertThat(text.output()).isEmpty();
            assertThat(text.errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("tidecast: no broker answers at 127.0.0.1:9")
                    .contains("start the brokers, or");
        }
    }

    /** The names of a flat object of texts. */
    private static List<String> fields(String text) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                names.add(json.currentName());
                assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            }
            assertThat(json.nextToken()).isNull();
        }
        return names;
    }

    @Test
    void whatIsDeployedCarriesNoBrokerAndNoScala() throws IOException {
        List<String> found = new ArrayList<>();
        int jars = 0;
        try (DirectoryStream<Path> lib = Files.newDirectoryStream(Path.of("target/lib"), "*.jar")) {
            for (Path jar : lib) {
                jars++;
                try (JarFile content = new JarFile(jar.toFile())) {
                    content.stream()
                            .map(ZipEntry::getName)
                            .filter(name ->
                                    name.matches("(kafka|scala|org/apache/kafka/(raft|metadata|storage))/.*\\.class"))
                            .forEach(name -> found.add(jar + ": " + name));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(jars).isBetween(10, 35);
    }
}
