package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.backtest.DataException;
import dev.tidecast.backtest.LongForm;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data file and the stream understand the same text alike. */
class FilesAndEventsTest {
    private static final long SPAN = 4_000_000_000L;

    @TempDir
    Path folder;

    private static Pipeline pipeline(String zone) {
        return Pipelines.read(Pipelines.COMPOSITE_KEY, "Europe/Prague", zone);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** A moment, in one of the documented forms. */
    private static String text(SplittableRandom random) {
        LocalDateTime t = LocalDateTime.ofEpochSecond(random.nextLong(SPAN), 0, ZoneOffset.UTC);
        if (random.nextInt(4) == 0) {
            // Where clocks change.
            int sunday = random.nextBoolean() ? 29 : 25;
            t = LocalDateTime.of(2026, sunday == 29 ? 3 : 10, sunday, random.nextInt(4), random.nextInt(60));
        }
        String date = t.toLocalDate().toString();
        String minutes = date + (random.nextBoolean() ? "T" : " ") + two(t.getHour()) + ":" + two(t.getMinute());
        String seconds = minutes + ":" + two(t.getSecond());
        String[] ends = {"", "Z", "z", "+01:00", "-0430", "+05"};
        String end = ends[random.nextInt(ends.length)];
        return switch (random.nextInt(6)) {
            case 0 -> date;
            case 1 -> minutes + end;
            case 2 -> seconds + end;
            case 3 -> seconds + "." + random.nextInt(1, 1_000_000) + end;
            case 4 -> Long.toString(t.toEpochSecond(ZoneOffset.UTC) + 30_000_000);
            default -> Long.toString(t.toInstant(ZoneOffset.UTC).toEpochMilli() + 110_000_000_000L);
        };
    }

    private static long inStream(EventReader reader, String text) throws BadEvent {
        String at = text.matches("[0-9]+") ? text : "\"" + text + "\"";
        String json = "{\"store\":1,\"sku\":2,\"qty\":3,\"at\":" + at + "}";
        return reader.read(null, json.getBytes(StandardCharsets.UTF_8), 0).time();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Prague", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "+05:45"})
    void theSameTextIsTheSameMomentInAFileAndInTheStream(String zone) throws IOException, BadEvent {
        Pipeline pipeline = pipeline(zone);
        EventReader reader = new EventReader(pipeline, Forecasters.of(pipeline));
        SplittableRandom random = new SplittableRandom(8);
        List<String> texts = new ArrayList<>();
        StringBuilder csv = new StringBuilder("key,timestamp,value\n");
        for (int i = 0; i < 4000; i++) {
            String text = i % 3 == 2 ? texts.get(i - 1) : text(random);
            texts.add(text);
            csv.append("a,").append(text).append(",1\n");
        }
        Path file = Files.writeString(folder.resolve("data.csv"), csv);
        try (LongForm rows = LongForm.open(file, pipeline.buckets().zone())) {
            for (String text : texts) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.time()).as(text).isEqualTo(inStream(reader, text));
            }
        }
    }

    @Test
    void aDayIsTheDayOfTheBucketsInAFileToo() throws IOException {
        Path file = Files.writeString(folder.resolve("days.csv"), """
                key,timestamp,value
                a,2026-11-20,1
                a,2026-11-20T10:00,1
                a,2026-03-08T02:30:00,1
                a,2026-11-01T01:30:00,1
                """);
        List<String> moments = new ArrayList<>();
        try (LongForm rows =
                LongForm.open(file, pipeline("America/New_York").buckets().zone())) {
            while (rows.next()) {
                moments.add(Instant.ofEpochMilli(rows.time()).toString());
            }
        }
        assertThat(moments)
                .containsExactly(
                        "2026-11-20T05:00:00Z", "2026-11-20T15:00:00Z", "2026-03-08T07:30:00Z", "2026-11-01T05:30:00Z");
    }

    @Test
    void whatTheStreamRefusesAFileRefusesToo() throws IOException {
        EventReader reader = new EventReader(pipeline("Europe/Prague"), Forecasters.of(pipeline("Europe/Prague")));
        SplittableRandom random = new SplittableRandom(9);
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(text(random));
            if (text.indexOf("-") < 0) {
                continue; // A number is no text in an event, and any digits are one.
            }
            text.setCharAt(random.nextInt(text.length()), "0129:-Tx.+".charAt(random.nextInt(10)));
            Path file = Files.writeString(folder.resolve("wrong.csv"), "key,timestamp,value\na," + text + ",1\n");
            String stream;
            try {
                stream = Long.toString(inStream(reader, text.toString()));
            } catch (BadEvent e) {
                stream = "refused";
                refused++;
            }
            assertThat(inFile(file)).as(text.toString()).isEqualTo(stream);
        }
        assertThat(refused).isBetween(300, 1400);
    }

    private static String inFile(Path file) {
        try (LongForm rows =
                LongForm.open(file, pipeline("Europe/Prague").buckets().zone())) {
            rows.next();
            return Long.toString(rows.time());
        } catch (DataException e) {
            return "refused";
        }
    }
}
