package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes of a file: the answer is a pipeline, or a refusal in which every problem has a line. */
class PipelineFuzzTest {
    private static final String WHOLE = """
            pipeline: store-demand
            kafka: {bootstrap.servers: "${env:KAFKA:-x}", linger.ms: 5}
            sources:
              demand:
                topic: retail.sales
                key: [/store, /sku]
                value: /qty
                time: /sold_at
            bucket:    {size: P1D, zone: Europe/Prague, aggregate: sum}
            horizon:   28
            quantiles: [0.1, 0.5, 0.9]
            target:    {kind: count, min: 0}
            late:      {grace: PT6H, after: dlq}
            model:     {cell: lstm, units: [40, 40], lags: [7, 14]}
            """;

    private static final String[] SHARDS = {
        "{",
        "}",
        "[",
        "]",
        ":",
        " ",
        "\n",
        "  ",
        "- ",
        "\"",
        "'",
        "#",
        "&a",
        "*a",
        "!x",
        "|\n",
        ">",
        "%",
        "@",
        "`",
        "?",
        "---\n",
        "...\n",
        "${",
        "${env:X}",
        "null",
        "~",
        "1e999",
        "-1",
        "NaN",
        "99999999999999999999",
        "P1D",
        "\t",
        "\u0000",
        "\uD83D",
        "é",
        "\r",
        "<<: ",
        "true",
        "0x1F"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aMutatedFileIsReadOrRefusedWithLines(long seed) {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 2_500; i++) {
            byte[] bytes = mutate(random);
            refused += outcome(bytes, "seed " + seed + ", file " + i);
        }
        assertThat(refused).isBetween(500, 2_490);
    }

    @Test
    void deepNestingIsRefusedRatherThanFollowed() {
        byte[] bytes = ("a: " + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
        assertThat(outcome(bytes, "deep")).isEqualTo(1);
    }

    private static int outcome(byte[] bytes, String which) {
        try {
            assertThat(PipelineReader.read("f.yaml", bytes, name -> null, Path.of("no-such-folder")))
                    .isNotNull();
            return 0;
        } catch (PipelineException e) {
            assertThat(e.problems()).as(which).isNotEmpty().allMatch(problem -> problem.line() >= 1);
            return 1;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(which + ":\n" + new String(bytes, StandardCharsets.UTF_8), e);
        }
    }

    private static byte[] mutate(Random random) {
        StringBuilder text = new StringBuilder(WHOLE);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, SHARDS[random.nextInt(SHARDS.length)]);
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
                default -> text.setCharAt(at, (char) random.nextInt(0x250));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
