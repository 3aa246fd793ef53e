package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongFormTest {
    private static final String HEAD = "key,timestamp,value\n";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), text);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> read(Path file) {
        List<String> rows = new ArrayList<>();
        try (LongForm in = LongForm.open(file, ZoneOffset.UTC)) {
            while (in.next()) {
                rows.add(in.key() + " " + Instant.ofEpochMilli(in.time()) + " " + in.value());
            }
        }
        return rows;
    }

    @Test
    void theFirstLineDecidesWhereEachColumnStands() throws IOException {
        Path file =
                file("split,value,key,timestamp\r\ntrain,-1.50,ä,2024-02-29T23:59:59Z\r\n\r\ntest,2e3,b,2024-03-01");
        assertThat(read(file)).containsExactly("ä 2024-02-29T23:59:59Z -1.5", "b 2024-03-01T00:00:00Z 2000.0");
    }

    @Test
    void gzipIsKnownByItsBytesNotByItsName() throws IOException {
        Path file = Files.write(folder.resolve("data.csv"), packed(HEAD + "a,2026-01-01T00:00:00Z,1\n"));
        assertThat(read(file)).containsExactly("a 2026-01-01T00:00:00Z 1.0");
    }

    @Test
    void rowsThatCrossTheBlocksOfTheReaderStayWhole() throws IOException {
        StringBuilder text = new StringBuilder(HEAD);
        SplittableRandom random = new SplittableRandom(3);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            long time = random.nextLong(0, 4_000_000_000L) * 1000;
            double value = random.nextInt(100) / 4.0;
            String key = "key-".repeat(1 + random.nextInt(4)) + random.nextInt(3000);
            text.append(key)
                    .append(',')
                    .append(Instant.ofEpochMilli(time))
                    .append(',')
                    .append(value)
                    .append('\n');
            expected.add(key + " " + Instant.ofEpochMilli(time) + " " + value);
        }
        assertThat(read(file(text.toString()))).isEqualTo(expected);
    }

    @Test
    void everyNumberReadsAsJavaReadsIt() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<String> texts = new ArrayList<>(Arrays.asList(
                "0",
                "-0.0",
                "007",
                "+3.",
                ".5",
                "1E-7",
                "9007199254740993",
                "1e308",
                "0.30000000000000004",
                "123456789012345678901234567890"));
        for (int i = 0; i < 5000; i++) {
            texts.add(Double.toString((random.nextDouble() - .5) * StrictMath.pow(10, random.nextInt(-12, 16))));
        }
        StringBuilder text = new StringBuilder(HEAD);
        texts.forEach(t -> text.append("a,2026-01-01T00:00:00Z,").append(t).append('\n'));
        Path file = file(text.toString());
        try (LongForm in = LongForm.open(file, ZoneOffset.UTC)) {
            for (String t : texts) {
                assertThat(in.next()).isTrue();
                assertThat(in.value()).as(t).isEqualTo(Double.parseDouble(t));
            }
        }
    }

    @Test
    void aColumnMaySayWhichValuesAreTheLeast() throws IOException {
        String row = "a,2026-01-01T00:00:00Z,1,";
        Path file = file("key,timestamp,value,sold_out\n" + row + "true\n" + row + "\n" + row + "1\n" + row + "0\n"
                + row + "false\n" + row + "perhaps\n");
        List<Boolean> read = new ArrayList<>();
        try (LongForm in = LongForm.open(file, ZoneOffset.UTC, "sold_out")) {
            for (int i = 0; i < 5; i++) {
                assertThat(in.next()).isTrue();
                read.add(in.censored());
            }
            assertThatThrownBy(in::next)
                    .isInstanceOf(DataException.class)
                    .hasMessage(file + ", line 7: sold_out is \"perhaps\", which is neither true nor false");
        }
        assertThat(read).containsExactly(true, false, true, false, false);
        try (LongForm in = LongForm.open(file, ZoneOffset.UTC, "censored")) {
            assertThat(in.next()).isTrue();
            assertThat(in.censored()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,2026-01-01T00:00:00Z,|value is empty, which is not a number",
                "a,2026-01-01T00:00:00Z,NaN|value is \"NaN\", which is not a number",
                "a,2026-01-01T00:00:00Z,1d|value is \"1d\"",
                "a,2026-01-01T00:00:00Z,1e999|value is \"1e999\"",
                "a,2026-02-29T00:00:00Z,1|timestamp is \"2026-02-29T00:00:00Z\", which is not a moment such as",
                "a,2026-01-01T24:00:00Z,1|timestamp is \"2026-01-01T24:00:00Z\"",
                "a,20260101,1|timestamp is \"20260101\"",
                "a,yesterday,1|timestamp is \"yesterday\"",
                ",2026-01-01T00:00:00Z,1|the key is empty",
                "a,2026-01-01T00:00:00Z|has 2 columns, the first line names 3",
                "a,2026-01-01T00:00:00Z,1,2|has 4 columns, the first line names 3"
            })
    void aWrongRowIsNamedByItsLine(String row, String message) throws IOException {
        Path file = file(HEAD + "a,2026-01-01T00:00:00Z,1\n" + row + "\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(file + ", line 3: ")
                .hasMessageContaining(message);
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path file = file("key,time,value\n");
        assertThatThrownBy(() -> LongForm.open(file, ZoneOffset.UTC))
                .hasMessage(file + ", line 1: there is no column timestamp among [key, time, value]");
    }

    @Test
    void aFileThatIsNotThereOrIsAFolderOrIsEmptyIsSaidToBe() throws IOException {
        Path missing = folder.resolve("no.csv");
        assertThatThrownBy(() -> LongForm.open(missing, ZoneOffset.UTC))
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> LongForm.open(folder, ZoneOffset.UTC)).hasMessageContaining("is a folder");
        Path empty = file("");
        assertThatThrownBy(() -> LongForm.open(empty, ZoneOffset.UTC)).hasMessageContaining("is empty");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40})
    void aTornGzipFileIsToldApartFromItsEnd(int cut) throws IOException {
        byte[] whole = packed(HEAD + "a,2026-01-01T00:00:00Z,1\n".repeat(1000));
        Path file = Files.write(folder.resolve("torn.gz"), Arrays.copyOf(whole, whole.length - cut));
        assertThatThrownBy(() -> read(file)).isInstanceOf(DataException.class).hasMessageContaining("cannot be read");
    }

    @Test
    void aQuotedKeyIsTheKeyWithoutItsQuotes() throws IOException {
        Path file = file("\"key\",\"timestamp\",value\r\n\"a, \"\"b\"\"\",\"2026-01-01T00:00:00Z\",\"1.5\"\r\n");
        assertThat(read(file)).containsExactly("a, \"b\" 2026-01-01T00:00:00Z 1.5");
    }

    @Test
    void aWrongQuoteIsNamedByFileAndLine() throws IOException {
        Path open = file(HEAD + "\"a,2026-01-01T00:00:00Z,1\nb,2026-01-01T00:00:00Z,1\n");
        assertThatThrownBy(() -> read(open))
                .isInstanceOf(DataException.class)
                .hasMessage(open + ", line 2: has a quote that is never closed");
        Path behind = file(HEAD + "\"a\" b,2026-01-01T00:00:00Z,1\n");
        assertThatThrownBy(() -> read(behind))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(behind + ", line 2: has text behind a closing quote");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"key;timestamp;value!;", "'key\ttimestamp\tvalue'!tabs", "key|timestamp|value!|"})
    void otherSeparatorsAreNamed(String header, String separator) throws IOException {
        Path file = file(header + "\n");
        assertThatThrownBy(() -> read(file))
                .hasMessage(file + ", line 1: the columns are separated by " + separator + ": use commas");
    }

    @Test
    void aFileWithItsFirstLineAloneHasNoRows() throws IOException {
        Path file = file(HEAD + "\n\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DataException.class)
                .hasMessage(file + " has no rows: only the first line, which names the columns");
    }
}
