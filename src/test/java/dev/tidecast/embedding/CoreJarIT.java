package dev.tidecast.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.answer.ForecastJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar for programs that embed the forecaster is enough for {@code docs/embedding.md}, together with EJML and JSpecify. */
class CoreJarIT {
    private static final Path SOURCE = Path.of("src/test/java/dev/tidecast/embedding/Embedding.java");
    private static final Path MODEL = Path.of("topology/demand.model");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private static List<Path> jars(String folder, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private static Path core() throws IOException {
        List<Path> jars = jars("target/core", "tidecast-.*-core\\.jar");
        assertThat(jars).hasSize(1);
        return jars.get(0);
    }

    private static String classPath(Path... more) throws IOException {
        List<Path> all = new ArrayList<>(List.of(more));
        all.add(core());
        all.addAll(jars("target/lib", "(ejml-(core|ddense)|jspecify)-.*\\.jar"));
        assertThat(all).hasSize(more.length + 4);
        return all.stream()
                .map(file -> file.toAbsolutePath().toString())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    @Test
    void itHoldsTheForecasterAndNothingElse() throws IOException {
        try (JarFile jar = new JarFile(core().toFile())) {
            TreeSet<String> rooms = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring("dev/tidecast/".length(), name.lastIndexOf('/')))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(rooms)
                    .containsExactly(
                            "forecast/answer",
                            "forecast/close",
                            "forecast/fold",
                            "forecast/model",
                            "forecast/spec",
                            "forecast/state",
                            "kernel",
                            "learn",
                            "nn",
                            "nn/cell",
                            "series",
                            "text");
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.tidecast.core");
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--add-modules=jdk.incubator.vector"})
    void theExamplesCompileAndRunWithItAlone(String vectors) throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path written = Files.createDirectory(folder.resolve("written"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath(), "-d", classes.toString(), SOURCE.toString());
        assertThat(compiled).isZero();

        run(classes, written, vectors);
        assertThat(written.resolve("experts.json"))
                .hasBinaryContent(ForecastJson.write(Embedding.experts(folder.resolve("demand.state"))));
        assertThat(written.resolve("network.json")).hasBinaryContent(ForecastJson.write(Embedding.network(MODEL)));
    }

    private void run(Path classes, Path written, String vectors) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (!vectors.isEmpty()) {
            command.add(vectors);
        }
        command.addAll(List.of(
                "-cp",
                classPath(classes),
                Embedding.class.getName(),
                written.toString(),
                MODEL.toAbsolutePath().toString()));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeAll(Set.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(said, StandardCharsets.UTF_8))
                .isZero();
    }
}
