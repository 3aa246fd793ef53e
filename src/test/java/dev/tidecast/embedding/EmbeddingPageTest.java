package dev.tidecast.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.spec.NetBuilder;
import dev.tidecast.forecast.spec.SettingsBuilder;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/embedding.md} and the README show is a part of {@link Embedding}, and does what the page says. */
class EmbeddingPageTest {
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>(tidecast|ejml-ddense|jspecify)</artifactId>\\s*<version>(.*?)</version>");

    @TempDir
    Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/embedding.md"));
    }

    /** The lines of a text without their indentation: the page shows parts of methods. */
    private static String flat(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void everyExampleIsAPartOfTheFileThatIsCompiled() throws IOException {
        String source = flat(Files.readString(Path.of("src/test/java/dev/tidecast/embedding/Embedding.java")));
        List<String> blocks = Pattern.compile("(?s)```java\n(.*?)\n```")
                .matcher(page() + Files.readString(Path.of("README.md")))
                .results()
                .map(block -> flat(block.group(1)))
                .toList();
        assertThat(blocks).hasSize(6).allSatisfy(block -> assertThat(source).contains("\n" + block + "\n"));
    }

    @Test
    void theVersionsOfThePageAreThoseOfTheBuild() throws IOException {
        String build = Files.readString(Path.of("pom.xml"));
        List<String> shown = new ArrayList<>();
        Matcher versions = VERSION.matcher(page());
        while (versions.find()) {
            String name = versions.group(1).replaceFirst("-.*", "");
            String version = Pattern.quote(versions.group(2));
            assertThat(build)
                    .containsPattern(
                            name.equals("tidecast")
                                    ? "<artifactId>tidecast</artifactId>\\s*<version>" + version + "<"
                                    : "<" + name + ".version>" + version + "<");
            shown.add(name);
        }
        assertThat(shown).containsExactly("tidecast", "ejml", "jspecify");
    }

    @Test
    void everySettingThatCanBeMadeIsOnThePage() throws IOException {
        String page = page();
        assertThat(words(SettingsBuilder.class, List.of("build", "kind", "target")))
                .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
        assertThat(words(NetBuilder.class, List.of("build")))
                .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
    }

    private static List<String> words(Class<?> type, List<String> without) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() == type)
                .map(Method::getName)
                .filter(name -> !without.contains(name))
                .distinct()
                .toList();
    }

    @Test
    void theExamplesForecast() throws IOException {
        Forecast experts = Embedding.experts(folder.resolve("demand.state"));
        assertThat(experts.key()).isEqualTo("store=12/sku=A-77");
        assertThat(experts.horizon()).isEqualTo(28);
        assertThat(experts.quantile(2, .5)).isBetween(2.0, 14.0);
        assertThat(experts.source().offset()).isEqualTo(29);
        Forecast network = Embedding.network(Path.of("topology/demand.model"));
        assertThat(network.modelVersion()).matches("[0-9a-f]{12}");
        assertThat(network.quantile(1, .1)).isLessThan(network.quantile(1, .9));
    }
}
