package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the market is said to be is seen in its five-minute returns over four weeks. */
class StockTicksTest {
    private static final long BUCKET = Duration.ofMinutes(5).toMillis();
    private static final int BUCKETS = 28 * 288;
    private static final Map<String, double[]> RETURNS = new LinkedHashMap<>();
    private static final Map<String, double[]> PRICES = new LinkedHashMap<>();

    static {
        SampleStream stream = SampleStreams.stock(7, SampleStreams.STOCK_START);
        long start = SampleStreams.STOCK_START.toEpochMilli();
        Sample sample = stream.next();
        while (sample.at() < start + BUCKETS * BUCKET) {
            if (sample.kind() == Sample.Kind.GOOD) {
                String symbol = new String(sample.key(), StandardCharsets.UTF_8);
                int bucket = (int) ((sample.eventTime() - start) / BUCKET);
                PRICES.computeIfAbsent(symbol, any -> new double[BUCKETS])[bucket] = price(sample);
            }
            sample = stream.next();
        }
        PRICES.forEach((symbol, prices) -> RETURNS.put(symbol, returns(prices)));
    }

    private static double price(Sample sample) {
        String json = new String(sample.value(), StandardCharsets.UTF_8);
        int from = json.indexOf("\"price\":") + 8;
        return Double.parseDouble(json.substring(from, json.indexOf(',', from)));
    }

    private static double[] returns(double[] prices) {
        double[] returns = new double[prices.length - 1];
        for (int i = 0; i < returns.length; i++) {
            returns[i] = Math.log(prices[i + 1] / prices[i]);
        }
        return returns;
    }

    @Test
    void everyShareTradesInEveryBucket() {
        assertThat(PRICES.keySet()).containsExactlyInAnyOrder(StockTicks.SYMBOLS);
        assertThat(PRICES.values())
                .allSatisfy(prices ->
                        assertThat(Arrays.stream(prices).min().orElseThrow()).isPositive());
    }

    @Test
    void returnsHaveNoMemoryButTheirSizeHas() {
        RETURNS.forEach((symbol, returns) -> {
            double[] sizes = Arrays.stream(returns).map(Math::abs).toArray();
            for (int lag : new int[] {1, 2, 6, 12}) {
                assertThat(DemandDaysTest.autocorrelation(returns, lag))
                        .as("%s, returns, lag %d", symbol, lag)
                        .isBetween(-0.12, 0.12);
                assertThat(DemandDaysTest.autocorrelation(sizes, lag))
                        .as("%s, sizes, lag %d", symbol, lag)
                        .isGreaterThan(0.15);
            }
        });
    }

    @Test
    void largeReturnsAreMoreFrequentThanTheNormalLawAllows() {
        RETURNS.forEach((symbol, returns) -> {
            double second = Arrays.stream(returns).map(r -> r * r).average().orElseThrow();
            double fourth =
                    Arrays.stream(returns).map(r -> r * r * r * r).average().orElseThrow();
            assertThat(fourth / (second * second)).as(symbol).isGreaterThan(4);
        });
    }

    @Test
    void sharesMoveTogetherInPart() {
        double[] one = Objects.requireNonNull(RETURNS.get("ABO"));
        double[] other = Objects.requireNonNull(RETURNS.get("KLM"));
        double both = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < one.length; i++) {
            both += one[i] * other[i];
            first += one[i] * one[i];
            second += other[i] * other[i];
        }
        assertThat(both / Math.sqrt(first * second)).isBetween(0.1, 0.5);
    }
}
