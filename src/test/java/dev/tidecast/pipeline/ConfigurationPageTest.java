package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/configuration.md} says is so. */
class ConfigurationPageTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[^|]*) \\|");

    @Test
    void everyFileOnThePageIsSound() throws IOException {
        List<String> blocks =
                BLOCK.matcher(page()).results().map(m -> m.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        for (String block : blocks) {
            assertThatCode(() -> Yaml.read("docs", block, Map.of())).as(block).doesNotThrowAnyException();
        }
    }

    @Test
    void everyFieldTheReaderKnowsHasARow() throws IOException {
        String rows = ROW.matcher(page()).results().map(MatchResult::group).reduce("", (a, b) -> a + "\n" + b);
        for (String field : fields()) {
            assertThat(rows).as("rows of the page").contains("`" + field);
        }
    }

    /** The reader itself says which fields there are, when asked for one that there is not. */
    private static List<String> fields() {
        Pattern known = Pattern.compile("known are (.*)");
        try {
            Yaml.read("docs", Yaml.SMALLEST + "frobnicate: 1\n", Map.of());
            throw new AssertionError("an unknown field was accepted");
        } catch (PipelineException e) {
            return known.matcher(e.getMessage())
                    .results()
                    .flatMap(m -> Pattern.compile(", | or ").splitAsStream(m.group(1)))
                    .toList();
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/configuration.md"));
    }
}
