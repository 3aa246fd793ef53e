package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownFileTest {
    private static final String DAYS = "bucket: {size: P1D, zone: Europe/Prague}\n";
    private static final String HOURS = "bucket: {size: PT1H}\n";

    @TempDir
    private Path folder = Path.of("");

    private Pipeline read(String bucket, String known, String csv) throws IOException {
        return read(bucket, known, csv.getBytes(StandardCharsets.UTF_8));
    }

    private Pipeline read(String bucket, String known, byte[] csv) throws IOException {
        Files.write(folder.resolve("calendar.csv"), csv);
        String yaml = Yaml.SMALLEST.replace("bucket: {size: P1D}\n", bucket) + known;
        return PipelineReader.read("shop.yaml", yaml.getBytes(StandardCharsets.UTF_8), name -> null, folder);
    }

    private String messages(String bucket, String known, String csv) {
        PipelineException refused = catchThrowableOfType(PipelineException.class, () -> read(bucket, known, csv));
        assertThat(refused).as("the file is refused").isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private static @Nullable Known known(Pipeline pipeline) {
        return Forecasters.settings(pipeline).known();
    }

    private static double[] at(Pipeline pipeline, String key, String day, int hour) {
        Buckets buckets = pipeline.buckets();
        long moment = LocalDate.parse(day)
                .atTime(hour, 0)
                .atZone(buckets.zone())
                .toInstant()
                .toEpochMilli();
        Known known = Objects.requireNonNull(known(pipeline));
        double[] x =
                known.of(key, pipeline.seasons()[pipeline.seasons().length - 1]).unusual(buckets.index(moment));
        return x == null ? new double[known.names().size()] : x;
    }

    @Test
    void columnsMayBeQuotedAndAWrongQuoteIsNamedByItsLine() throws IOException {
        Pipeline pipeline = read(
                DAYS,
                "known: {file: calendar.csv}\n",
                "\"date\",\"key\",holiday\r\n\"2026-12-24\",\"a, \"\"b\"\"\",\"1\"\r\n");
        assertThat(at(pipeline, "a, \"b\"", "2026-12-24", 0)).containsExactly(1);
        assertThat(messages(DAYS, "known: {file: calendar.csv}\n", "date,holiday\n2026-12-24,1\n\"2026-12-25,1\n"))
                .contains("calendar.csv:3: has a quote that is never closed");
    }

    @Test
    void aDayIsTheBucketThatBeginsOnItInTheZone() throws IOException {
        Pipeline pipeline =
                read(DAYS, "known: {file: calendar.csv}\n", "date,holiday,promotion\n2026-12-24,1,\n2026-12-31,,0.5\n");
        assertThat(at(pipeline, "a", "2026-12-24", 0)).containsExactly(1, 0);
        assertThat(at(pipeline, "a", "2026-12-24", 23)).containsExactly(1, 0);
        assertThat(at(pipeline, "a", "2026-12-25", 0)).containsExactly(0, 0);
        assertThat(at(pipeline, "a", "2026-12-31", 12)).containsExactly(0, .5);
    }

    @Test
    void ofHoursADayIsAllThatBeginOnItAndATimeIsOne() throws IOException {
        String csv = "time,key,holiday\r\n2026-12-24,,1\r\n\r\n2026-12-26T18:00:00Z,a,1\r\n";
        Pipeline pipeline = read(HOURS, "known: {file: calendar.csv}\n", csv);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(at(pipeline, "b", "2026-12-24", hour)).containsExactly(1);
            assertThat(at(pipeline, "b", "2026-12-25", hour)).containsExactly(0);
            assertThat(at(pipeline, "a", "2026-12-26", hour)).containsExactly(hour == 18 ? 1 : 0);
            assertThat(at(pipeline, "b", "2026-12-26", hour)).containsExactly(0);
        }
    }

    @Test
    void columnsCanBeChosenOfADataFileAndSomeLast() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
            packed.write("key,timestamp,value,price,rain\na,2026-12-01T00:00:00Z,7,4,x\na,2026-12-20T00:00:00Z,7,3,y\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Pipeline pipeline = read(
                "bucket: {size: P1D}\n",
                "known: {file: calendar.csv, columns: [price], lasting: [price]}\n",
                bytes.toByteArray());
        assertThat(at(pipeline, "a", "2026-12-19", 0)).containsExactly(0);
        assertThat(at(pipeline, "a", "2026-12-22", 0)).containsExactly(-.25);
        assertThat(at(pipeline, "b", "2026-12-22", 0)).containsExactly(0);
    }

    @Test
    void withoutTheSectionNothingIsKnownAndAnotherFileCanTakeItsPlace() throws IOException {
        Pipeline pipeline = read(DAYS, "", "date,promotion\n2026-12-24,1\n");
        assertThat(known(pipeline)).isNull();
        Settings settings = Forecasters.settings(pipeline.withKnown(folder.resolve("calendar.csv")));
        assertThat(Objects.requireNonNull(settings.known()).names()).containsExactly("promotion");
    }

    @Test
    void everyMistakeIsNamedWithFileLineAndCure() {
        String csv = """
                date,key,holiday,price
                2026-12-24,,1,
                24.12.2026,,1,
                2026-12-25,,yes,4
                2026-12-26,,1
                2026-12-24,,1,5
                2026-12-27,,1e99,0x1p3
                2026-12-28T05:00:00Z,,1,2
                """;
        assertThat(messages(DAYS, "known: {file: calendar.csv}\nseasonn: 3\n", csv))
                .isEqualTo("""
                shop.yaml:7: seasonn is not a field of a pipeline file (did you mean season?)
                calendar.csv:3: date must be a day such as 2026-12-24, was "24.12.2026"
                calendar.csv:4: holiday must be a number within ± 10^9 or empty, was "yes"
                calendar.csv:5: has 3 cells, the first line names 4
                calendar.csv:6: says again what an earlier line says of the same time, was "2026-12-24"
                calendar.csv:7: holiday must be a number within ± 10^9 or empty, was "1e99"
                calendar.csv:7: price must be a number within ± 10^9 or empty, was "0x1p3"
                calendar.csv:8: begins no bucket of P1D, was "2026-12-28T05:00:00Z" (did you mean 2026-12-27T23:00:00Z?)
                """.strip());
    }

    @Test
    void theFirstLineHasToFitWhatThePipelineNames() {
        assertThat(messages(DAYS, "known: {file: calendar.csv}\n", "day,holiday\n"))
                .isEqualTo("calendar.csv:1: must have one column date or time in its first line, was \"day,holiday\"");
        assertThat(messages(
                        DAYS,
                        "known: {file: calendar.csv, columns: [holidays], lasting: [prise]}\n",
                        "date,holiday,price\n"))
                .isEqualTo("""
                        calendar.csv:1: has no column holidays, which known.columns names (did you mean holiday?)
                        calendar.csv:1: has no column prise, which known.lasting names
                        """.strip());
        assertThat(messages(DAYS, "known: {file: calendar.csv}\n", "key,timestamp,value\n"))
                .contains("what is forecast is not known in advance");
        assertThat(messages(DAYS, "known: {file: calendar.csv}\n", "date\n")).contains("1 to 8 columns", "has 0");
        assertThat(messages(DAYS, "known: {file: calendar.csv}\n", "date,a,a\n"))
                .contains("twice");
        assertThat(messages(DAYS, "known: {file: nowhere.csv}\n", ""))
                .isEqualTo("nowhere.csv:1: there is no such file");
        assertThat(messages("bucket: none\n", "known: {file: calendar.csv}\n", "date,a\n"))
                .contains("known needs buckets");
        assertThat(messages("bucket: {size: P1W}\n", "known: {file: calendar.csv}\n", "date,a\n2026-12-24,1\n"))
                .isEqualTo("calendar.csv:2: begins no bucket of P1W, was \"2026-12-24\" (did you mean 2026-12-21?)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMutatedFileIsReadOrRefusedWithLines(long seed) throws IOException {
        String sound =
                "date,key,holiday,price\n2026-12-24,,1,\n2026-12-25,a,1,4.5\n2026-12-26T00:00:00Z,b,,3\n2026-12-27,,0,-1e2\n";
        String[] shards = {
            ",",
            "\n",
            "\r",
            "\"",
            "1e9999",
            "NaN",
            "-",
            "+1000000000-01-01T00:00:00Z",
            "\u0000",
            "é",
            "9",
            "date",
            "2026-02-30",
            " "
        };
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            StringBuilder text = new StringBuilder(sound);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.insert(at, shards[random.nextInt(shards.length)]);
                } else {
                    text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
                }
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            try {
                Known known = Objects.requireNonNull(
                        known(read("bucket: {size: P1D}\n", "known: {file: calendar.csv}\n", bytes)));
                assertThat(known.names()).isNotEmpty();
            } catch (PipelineException e) {
                assertThat(e.problems())
                        .isNotEmpty()
                        .allMatch(p -> p.line() >= 1 && p.file().equals("calendar.csv"));
                refused++;
            }
        }
        assertThat(refused).isBetween(100, 399);
    }

    @Test
    void aDayWithoutAnHourStillBegins() throws IOException {
        Pipeline pipeline = read(
                "bucket: {size: P1D, zone: America/Sao_Paulo}\n",
                "known: {file: calendar.csv}\n",
                "date,holiday\n2018-11-04,1\n");
        Known known = Objects.requireNonNull(known(pipeline));
        long day = LocalDate.parse("2018-11-04")
                .atStartOfDay(ZoneId.of("America/Sao_Paulo"))
                .toInstant()
                .toEpochMilli();
        assertThat(known.of("a", 7).unusual(pipeline.buckets().index(day))).containsExactly(1);
    }
}
