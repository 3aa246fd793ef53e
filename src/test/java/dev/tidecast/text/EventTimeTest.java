package dev.tidecast.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    private final EventTime prague = new EventTime(ZoneId.of("Europe/Prague"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:14:02.117Z, 2026-11-20T09:14:02.117Z",
        "2026-11-20T09:14:02Z, 2026-11-20T09:14:02Z",
        "2026-11-20T09:14Z, 2026-11-20T09:14:00Z",
        "2026-11-20t09:14z, 2026-11-20T09:14:00Z",
        "2026-11-20T09:14:02.1179999Z, 2026-11-20T09:14:02.117Z",
        "2026-11-20T10:14:02+01:00, 2026-11-20T09:14:02Z",
        "2026-11-20T10:14:02+0100, 2026-11-20T09:14:02Z",
        "2026-11-20T10:14:02+01, 2026-11-20T09:14:02Z",
        "2026-11-20T04:44:02-04:30, 2026-11-20T09:14:02Z",
        "2026-11-20T10:14:02, 2026-11-20T09:14:02Z",
        "2026-11-20 10:14:02, 2026-11-20T09:14:02Z",
        "2026-11-20T10:14, 2026-11-20T09:14:00Z",
        "2026-11-20, 2026-11-19T23:00:00Z",
        "2026-07-20, 2026-07-19T22:00:00Z",
        "2026-03-29T02:30:00, 2026-03-29T01:30:00Z",
        "2026-10-25T02:30:00, 2026-10-25T00:30:00Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z"
    })
    void everyDocumentedFormIsRead(String text, Instant moment) {
        assertThat(Instant.ofEpochMilli(prague.of(text))).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "2026",
                "2026-11",
                "2026-11-2",
                "2026-11-20T",
                "2026-11-20T9:14",
                "2026-11-20T09",
                "20261120",
                "2026-13-01",
                "2026-02-30",
                "2026-11-20T24:00",
                "2026-11-20T23:60",
                "2026-11-20T23:59:60Z",
                "2026-11-20T09:14:02.Z",
                "2026-11-20T09:14:02+",
                "2026-11-20T09:14:02+1",
                "2026-11-20T09:14:02+19:00",
                "2026-11-20T09:14:02Z ",
                "2026-11-20T09:14:02Europe/Prague",
                "+2026-11-20",
                "-2026-11-20",
                "0000-01-01",
                "2026/11/20",
                "1795166042",
                "yesterday",
                "2026-11-20T09:14:02.1234567890Z",
                "２０２６-11-20"
            })
    void anythingElseIsRefused(String text) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> prague.of(text));
    }

    @Test
    void itAgreesWithTheLibraryOnWhatBothRead() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60);
            OffsetDateTime moment = Instant.ofEpochMilli(millis).atOffset(offset);
            String text = moment.toString();
            if (text.matches("\\d{4}-.*")) {
                assertThat(prague.of(text)).as(text).isEqualTo(millis);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1000",
        "1795166042, 1795166042000",
        "1795166042.117, 1795166042117",
        "99999999999, 99999999999000",
        "100000000000, 100000000000",
        "1795166042117, 1795166042117",
        "-62135596800000, -62135596800000",
    })
    void numbersAreSecondsOrMillisecondsBySize(double number, long millis) {
        assertThat(prague.of(number)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e18, -1e18, 253_402_300_800_000.0, Double.POSITIVE_INFINITY, Double.NaN, 1.7951660421e18})
    void numbersBeyondTheYearsAreRefused(double number) {
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> prague.of(number));
    }
}
