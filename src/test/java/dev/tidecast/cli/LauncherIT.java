package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
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
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void theDemoStopsWhenItIsToldTo() throws Exception {
        try (Launched demo = Launched.start(temporary, "demo", "--port", "0")) {
            demo.lineWith("look at");
            demo.terminate();
            assertThat(demo.endsWithin(20)).isTrue();
            assertThat(demo.exitCode()).as(demo.errors()).isZero();
            assertThat(temporary).isEmptyDirectory();
        }
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
