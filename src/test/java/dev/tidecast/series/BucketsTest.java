package dev.tidecast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {
    private static final long HOUR = 3_600_000L;

    private static Buckets days(int days, String zone) {
        return Buckets.of(Period.ofDays(days), ZoneId.of(zone), Aggregate.SUM);
    }

    /** Apia skipped a whole day in 2011; Beirut, Sao Paulo and Cairo change their clocks at midnight. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Prague",
                "America/New_York",
                "Asia/Kolkata",
                "Pacific/Apia",
                "Asia/Beirut",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "Australia/Lord_Howe"
            })
    void aDayBucketIsTheLocalDayOfItsMoments(String zone) {
        Buckets buckets = days(1, zone);
        SplittableRandom random = new SplittableRandom(zone.hashCode());
        for (int i = 0; i < 20_000; i++) {
            long moment = random.nextLong(-2_000_000_000_000L, 4_000_000_000_000L);
            long index = buckets.index(moment);
            assertThat(buckets.start(index)).isLessThanOrEqualTo(moment);
            assertThat(buckets.end(index)).isGreaterThan(moment);
            LocalDate day = LocalDate.ofEpochDay(index);
            assertThat(buckets.start(index))
                    .isEqualTo(day.atStartOfDay(ZoneId.of(zone)).toInstant().toEpochMilli());
        }
    }

    @Test
    void aDayWithAClockChangeIsOneBucketOf23Or25Hours() {
        Buckets prague = days(1, "Europe/Prague");
        long spring = LocalDate.of(2026, 3, 29).toEpochDay();
        long autumn = LocalDate.of(2026, 10, 25).toEpochDay();
        assertThat(prague.end(spring) - prague.start(spring)).isEqualTo(23 * HOUR);
        assertThat(prague.end(autumn) - prague.start(autumn)).isEqualTo(25 * HOUR);
        assertThat(prague.index(prague.end(autumn) - 1)).isEqualTo(autumn);
        assertThat(prague.index(prague.end(autumn))).isEqualTo(autumn + 1);
    }

    @Test
    void bucketsFollowEachOtherWithoutGaps() {
        for (Buckets buckets : new Buckets[] {
            days(3, "Europe/Prague"), Buckets.of(Period.ofWeeks(2), ZoneId.of("Asia/Beirut"), Aggregate.SUM)
        }) {
            for (long index = -700; index < 700; index++) {
                assertThat(buckets.index(buckets.start(index))).isEqualTo(index);
                assertThat(buckets.index(buckets.end(index) - 1)).isEqualTo(index);
                assertThat(buckets.end(index)).isEqualTo(buckets.start(index + 1));
            }
        }
    }

    @Test
    void weeksBeginOnMonday() {
        ZoneId zone = ZoneId.of("Europe/Prague");
        Buckets weeks = Buckets.of(Period.ofWeeks(1), zone, Aggregate.SUM);
        long now = Instant.parse("2026-11-20T09:14:02Z").toEpochMilli();
        ZonedDateTime start =
                Instant.ofEpochMilli(weeks.start(weeks.index(now))).atZone(zone);
        assertThat(start.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(start.toLocalDate()).isEqualTo(LocalDate.of(2026, 11, 16));
        assertThat(weeks.text()).isEqualTo("P1W");
    }

    @Test
    void shorterBucketsAreFixedLengthsFromMidnight1970InUtc() {
        Buckets quarters = Buckets.of(Duration.ofMinutes(15), ZoneId.of("Asia/Kolkata"), Aggregate.MEAN);
        assertThat(quarters.index(0)).isZero();
        assertThat(quarters.index(-1)).isEqualTo(-1);
        assertThat(quarters.start(-1)).isEqualTo(-900_000);
        assertThat(quarters.end(4)).isEqualTo(5 * 900_000);
        assertThat(quarters.text()).isEqualTo("PT15M");
        assertThat(quarters.aggregate()).isEqualTo(Aggregate.MEAN);
    }

    @Test
    void withoutBucketsEveryMomentIsItsOwn() {
        Buckets none = Buckets.none();
        assertThat(none.isNone()).isTrue();
        assertThat(none.index(77)).isEqualTo(77);
        assertThat(none.start(77)).isEqualTo(77);
        assertThat(days(1, "UTC").isNone()).isFalse();
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        ZoneId utc = ZoneId.of("UTC");
        assertThatThrownBy(() -> Buckets.of(Period.ofMonths(1), utc, Aggregate.SUM))
                .isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Buckets.of(Period.ZERO, utc, Aggregate.SUM)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Buckets.of(Duration.ZERO, utc, Aggregate.SUM)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> Buckets.of(Duration.ofNanos(1500), utc, Aggregate.SUM))
                .isInstanceOf(DateTimeException.class);
    }
}
