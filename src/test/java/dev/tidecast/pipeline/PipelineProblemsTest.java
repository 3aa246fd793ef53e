package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every mistake of {@code golden/pipeline-problems.txt} gets exactly the message written below it; run with
 * {@code -Dgolden=write} to write the messages anew, and review the difference.
 */
class PipelineProblemsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/pipeline-problems.txt");

    /** A name, a file, and what is said about it. */
    private record Mistake(String name, String yaml, String messages) {}

    static Stream<Arguments> mistakes() throws IOException {
        return read().map(m -> Arguments.of(m.name, m.yaml, m.messages));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsLineAndWhatIsRight(String name, String yaml, String messages) {
        assertThat(messagesOf(yaml)).isEqualTo(messages);
    }

    @Test
    void theFileHoldsTheMistakesPeopleMake() throws IOException {
        if ("write".equals(System.getProperty("golden"))) {
            rewrite();
        }
        assertThat(read().count()).isGreaterThanOrEqualTo(60);
    }

    private static Stream<Mistake> read() throws IOException {
        return Pattern.compile("(?m)^=== ")
                .splitAsStream(Files.readString(GOLDEN))
                .skip(1)
                .map(block -> {
                    int yaml = block.indexOf('\n') + 1;
                    int messages = block.indexOf("\n>>>\n", yaml - 1) + 1;
                    return new Mistake(
                            block.substring(0, yaml - 1),
                            block.substring(yaml, messages),
                            block.substring(messages + 4).strip());
                });
    }

    private static String messagesOf(String yaml) {
        PipelineException refused = catchThrowableOfType(
                PipelineException.class, () -> Yaml.read("shop.yaml", yaml, Map.of("WORD", "four")));
        assertThat(refused).as("the file is refused").isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private static void rewrite() throws IOException {
        StringBuilder text = new StringBuilder();
        read().forEach(m -> text.append("=== " + m.name + "\n" + m.yaml + ">>>\n" + messagesOf(m.yaml) + "\n\n"));
        Files.writeString(GOLDEN, text.toString().stripTrailing() + "\n");
    }
}
