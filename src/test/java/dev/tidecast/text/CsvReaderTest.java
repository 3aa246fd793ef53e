package dev.tidecast.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReaderTest {
    private static List<List<String>> read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<List<String>> read(InputStream in) {
        CsvReader csv = new CsvReader(in);
        List<List<String>> records = new ArrayList<>();
        try {
            while (csv.next()) {
                records.add(csv.texts());
            }
            assertThat(csv.next()).isFalse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    /** The same bytes, a few at a time. */
    private static InputStream dripping(String text, SplittableRandom random) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, 1 + random.nextInt(5)));
            }
        };
    }

    @Test
    void aQuotedColumnHoldsCommasQuotesAndLineBreaks() {
        assertThat(read("\"a, b\",\"say \"\"no\"\"\",\"two\r\nlines\"\r\nx,\"\",y\r\n"))
                .containsExactly(List.of("a, b", "say \"no\"", "two\r\nlines"), List.of("x", "", "y"));
    }

    @Test
    void aQuoteThatDoesNotBeginItsColumnIsACharacter() {
        assertThat(read("5\" nail,\"6\"\" nail\",7\"\n")).containsExactly(List.of("5\" nail", "6\" nail", "7\""));
    }

    @Test
    void emptyLinesAndTheByteOrderMarkArePassedOver() {
        assertThat(read("\uFEFF\"a\",b\n\n\r\n1,2\r\n\n")).containsExactly(List.of("a", "b"), List.of("1", "2"));
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n")).isEmpty();
        assertThat(read("\"\"")).containsExactly(List.of(""));
        assertThat(read("a,")).containsExactly(List.of("a", ""));
        assertThat(read("a,b\r")).containsExactly(List.of("a", "b"));
    }

    @Test
    void aRecordIsNamedByTheLineItBeginsIn() throws IOException {
        CsvReader csv = new CsvReader(new ByteArrayInputStream("a\n\"b\nb\"\n\nc\n".getBytes(StandardCharsets.UTF_8)));
        List<Long> lines = new ArrayList<>();
        while (csv.next()) {
            lines.add(csv.line());
        }
        assertThat(lines).containsExactly(1L, 2L, 5L);
    }

    private static String column(SplittableRandom random) {
        String letters = "ab,\"\r\n; \u00e9\uD83D\uDE00";
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(letters.codePointAt(letters.offsetByCodePoints(0, random.nextInt(10))));
        }
        return text.toString();
    }

    private static String written(String column, SplittableRandom random) {
        boolean needed = column.matches("(?s).*[,\"\r\n].*");
        return needed || random.nextInt(4) == 0 ? "\"" + column.replace("\"", "\"\"") + "\"" : column;
    }

    @Test
    void whatIsWrittenByTheStandardComesBack() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            String end = round % 2 == 0 ? "\n" : "\r\n";
            StringBuilder text = new StringBuilder();
            List<List<String>> records = new ArrayList<>();
            for (int r = 1 + random.nextInt(20); r > 0; r--) {
                List<String> record = new ArrayList<>();
                for (int c = 2 + random.nextInt(10); c > 0; c--) {
                    record.add(column(random));
                }
                records.add(record);
                text.append(String.join(
                        ",", record.stream().map(c -> written(c, random)).toList()));
                text.append(r > 1 || random.nextBoolean() ? end : "");
            }
            assertThat(read(text.toString())).isEqualTo(records);
            assertThat(read(dripping(text.toString(), random))).isEqualTo(records);
        }
    }

    @Test
    void recordsLongerThanTheBlocksOfTheReaderStayWhole() {
        SplittableRandom random = new SplittableRandom(6);
        StringBuilder text = new StringBuilder();
        List<List<String>> records = new ArrayList<>();
        for (int r = 0; r < 12; r++) {
            String plain = "x".repeat(random.nextInt(300_000));
            String quoted = "\"\n".repeat(random.nextInt(200_000));
            text.append(plain)
                    .append(",\"")
                    .append(quoted.replace("\"", "\"\""))
                    .append("\"\n");
            text.append("y,").append(plain).append('\n');
            records.add(List.of(plain, quoted));
            records.add(List.of("y", plain));
        }
        assertThat(read(text.toString())).isEqualTo(records);
    }

    @Test
    void anyBytesAreReadOrRefusedWithTheirLine() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] letters = "ab,,\"\"\r\n\n".getBytes(StandardCharsets.US_ASCII);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            long lines = 1;
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = letters[random.nextInt(letters.length)];
                lines += bytes[i] == '\n' ? 1 : 0;
            }
            CsvReader csv = new CsvReader(new ByteArrayInputStream(bytes));
            try {
                while (csv.next()) {
                    assertThat(csv.columns()).isPositive();
                }
            } catch (CsvException e) {
                assertThat(e.line()).isBetween(1L, lines);
                assertThat(e).hasMessageContaining("quote");
                refused++;
            }
        }
        assertThat(refused).isBetween(2_000, 18_000);
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamedByItsLine() {
        assertThatThrownBy(() -> read("a,b\nc,\"d\ne,f\n"))
                .hasMessage("has a quote that is never closed")
                .matches(e -> ((CsvException) e).line() == 2);
        assertThatThrownBy(() -> read("a\n\"" + "b,1\n".repeat(400_000)))
                .hasMessageContaining("has a quote that is not closed within 1048576 bytes")
                .matches(e -> ((CsvException) e).line() == 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\"b\" ,c\n", "a\n\"b\"c\n", "a\n\"b\" \"c\"\n", "a\n\"b\"\rc\n"})
    void textBehindAClosingQuoteIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("has text behind a closing quote")
                .matches(e -> ((CsvException) e).line() == 2);
    }

    @Test
    void aLineWithoutEndIsRefused() {
        assertThatThrownBy(() -> read("a\n" + "b".repeat(3_000_000)))
                .hasMessage("is longer than 1048576 bytes")
                .matches(e -> ((CsvException) e).line() == 2);
        assertThatThrownBy(() -> read("\"a\"," + "b".repeat(3_000_000))).hasMessage("is longer than 1048576 bytes");
    }
}
