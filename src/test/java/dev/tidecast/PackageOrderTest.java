package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The law of the house: one downward order of packages. A package may use what its row names, {@code java.*} and
 * itself, and nothing else, and every word of a row is used. Think before you widen a row: every word added here is an arrow that someone has to keep in
 * mind.
 */
class PackageOrderTest {
    private static final String HOUSE = "dev.tidecast.";
    private static final Map<String, List<String>> MAY_KNOW = new LinkedHashMap<>();

    static {
        MAY_KNOW.put("text", List.of());
        MAY_KNOW.put("kernel", List.of("jdk.incubator.vector"));
        MAY_KNOW.put("nn", List.of("kernel", "org.ejml"));
        MAY_KNOW.put("nn.cell", List.of("nn"));
        MAY_KNOW.put("series", List.of("kernel"));
        MAY_KNOW.put("forecast.spec", List.of("series", "nn.cell", "nn"));
        MAY_KNOW.put("forecast.answer", List.of("forecast.spec", "series", "text"));
        MAY_KNOW.put("forecast.state", List.of("forecast.spec", "series", "kernel"));
        MAY_KNOW.put("forecast.model", List.of("forecast.state", "forecast.spec", "series", "nn", "kernel"));
        MAY_KNOW.put(
                "forecast.close",
                List.of(
                        "forecast.model",
                        "forecast.state",
                        "forecast.answer",
                        "forecast.spec",
                        "series",
                        "nn",
                        "kernel"));
        MAY_KNOW.put(
                "forecast.fold",
                List.of(
                        "forecast.close",
                        "forecast.model",
                        "forecast.state",
                        "forecast.answer",
                        "forecast.spec",
                        "series"));
        MAY_KNOW.put(
                "learn",
                List.of(
                        "forecast.fold",
                        "forecast.close",
                        "forecast.model",
                        "forecast.spec",
                        "nn",
                        "series",
                        "kernel"));
        MAY_KNOW.put(
                "pipeline",
                List.of(
                        "forecast.fold",
                        "forecast.model",
                        "forecast.spec",
                        "series",
                        "nn.cell",
                        "text",
                        "org.snakeyaml.engine"));
        MAY_KNOW.put(
                "backtest",
                List.of("forecast.fold", "forecast.model", "forecast.answer", "forecast.spec", "series", "text"));
        MAY_KNOW.put(
                "exam",
                List.of(
                        "backtest",
                        "learn",
                        "pipeline",
                        "forecast.fold",
                        "forecast.model",
                        "forecast.answer",
                        "forecast.spec",
                        "series",
                        "nn",
                        "kernel",
                        "text"));
        MAY_KNOW.put("metrics", List.of("io.micrometer", "org.apache.kafka.streams"));
        MAY_KNOW.put(
                "stream",
                List.of(
                        "pipeline",
                        "forecast.fold",
                        "forecast.model",
                        "forecast.state",
                        "forecast.answer",
                        "forecast.spec",
                        "series",
                        "text",
                        "metrics",
                        "org.apache.kafka",
                        "com.fasterxml.jackson.core",
                        "org.slf4j"));
        MAY_KNOW.put(
                "serve",
                List.of(
                        "stream",
                        "metrics",
                        "pipeline",
                        "org.apache.kafka",
                        "com.fasterxml.jackson.core",
                        "com.sun.net.httpserver",
                        "org.slf4j"));
        MAY_KNOW.put("embedded", List.of("nn", "org.apache.kafka", "kafka"));
        MAY_KNOW.put(
                "demo", List.of("embedded", "serve", "stream", "metrics", "pipeline", "series", "org.apache.kafka"));
        MAY_KNOW.put("log", List.of("ch.qos.logback", "com.fasterxml.jackson.core"));
        MAY_KNOW.put("cli", List.of("*"));
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tidecast");

    @Test
    void everyPackageKnowsOnlyWhatItsRowNames() {
        List<String> broken = new ArrayList<>();
        for (JavaClass from : CLASSES) {
            List<String> row = MAY_KNOW.get(room(from));
            for (Dependency arrow : from.getDirectDependenciesFromSelf()) {
                JavaClass to = arrow.getTargetClass().getBaseComponentType();
                if (row != null && !row.contains("*") && !allowed(from, to, row)) {
                    broken.add(arrow.getDescription());
                }
            }
        }
        assertThat(broken).as("arrows against the order of packages").isEmpty();
    }

    @Test
    void everyPackageHasARow() {
        assertThat(CLASSES.stream().map(PackageOrderTest::room).distinct()).allMatch(MAY_KNOW::containsKey);
    }

    @Test
    void everyArrowOfARowIsDrawn() {
        List<String> idle = new ArrayList<>();
        MAY_KNOW.forEach((room, row) -> {
            for (String known : row) {
                if (!known.equals("*") && arrowsOf(room).noneMatch(to -> isNamed(to, known))) {
                    idle.add(room + " -> " + known);
                }
            }
        });
        assertThat(idle).as("allowed arrows that no class draws").isEmpty();
    }

    /** What the classes of a room use, arrays without their brackets. */
    private static Stream<JavaClass> arrowsOf(String room) {
        return CLASSES.stream()
                .filter(from -> room(from).equals(room))
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .map(arrow -> arrow.getTargetClass().getBaseComponentType());
    }

    private static boolean allowed(JavaClass from, JavaClass to, List<String> row) {
        String name = to.getPackageName();
        if (to.isPrimitive() || name.startsWith("java.") || name.startsWith("org.jspecify.")) {
            return true;
        }
        return room(to).equals(room(from)) || row.stream().anyMatch(known -> isNamed(to, known));
    }

    /** Whether a word of a row names this class: a package of ours itself, a foreign one with all below it. */
    private static boolean isNamed(JavaClass to, String known) {
        String name = to.getPackageName();
        if (name.startsWith(HOUSE)) {
            return room(to).equals(known);
        }
        return name.equals(known) || name.startsWith(known + ".");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(HOUSE) ? name.substring(HOUSE.length()) : name;
    }
}
