package dev.tidecast.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketWordsTest {
    private static BucketWords words(String bucket, String more) {
        return BucketWords.of(Yaml.read(Yaml.SMALLEST.replace("bucket: {size: P1D}", "bucket: " + bucket) + more));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "size: P1D | sum of /qty per day in UTC",
                "size: P1D, zone: Europe/Prague | sum of /qty per day in Europe/Prague",
                "size: P2D | sum of /qty per 2 days in UTC",
                "size: P14D, aggregate: min | smallest /qty per 2 weeks in UTC",
                "size: P1W, aggregate: count, zone: UTC | number of events per week in UTC",
                "size: PT1H, aggregate: mean | mean of /qty per hour",
                "size: PT5M, aggregate: last | last /qty per 5 minutes",
                "size: PT36H, aggregate: max | largest /qty per 36 hours",
                "size: PT90M | sum of /qty per 90 minutes",
                "size: PT1S | sum of /qty per second"
            })
    void theNumberOfABucketIsSaidInWords(String bucket, String number) {
        assertThat(words("{" + bucket + "}", "").number()).isEqualTo(number);
    }

    @Test
    void withoutBucketsEachEventIsAStep() {
        BucketWords words = words("none", "season: 7\n");
        assertThat(words.number()).isEqualTo("each event is a step of its own");
        assertThat(words.empty()).isEqualTo("no step is without an event");
        assertThat(words.season()).isEqualTo("season: 7 steps");
    }

    @ParameterizedTest
    @CsvSource({"zero, counts as 0", "previous, repeats the number before it", "mask, is unknown"})
    void whatAnEmptyBucketMeansIsSaidToo(String missing, String words) {
        assertThat(words("{size: P1D}", "missing: " + missing + "\n").empty())
                .isEqualTo("a bucket without events " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT15M | season: 96 steps (1 day), 672 steps (7 days)",
                "P1D | season: 7 steps (7 days)",
                "P1W | season: 52 steps (52 weeks)",
                "P30D | season: 12 steps (360 days)",
                "PT1M | season: 60 steps (1 hour)",
                "PT1S | season: 60 steps (1 minute)",
                "PT5H | no season: set season: if the numbers repeat"
            })
    void aSeasonIsSaidInStepsAndInTime(String size, String season) {
        assertThat(words("{size: " + size + "}", "").season()).isEqualTo(season);
    }

    @Test
    void oneLineSaysAllOfIt() {
        assertThat(words("{size: P1D}", "").line())
                .isEqualTo("sum of /qty per day in UTC; a bucket without events counts as 0; season: 7 steps (7 days)");
    }
}
