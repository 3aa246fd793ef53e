package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the shop is said to be is seen in what it sells: units by store, product and day over three years. */
class DemandDaysTest {
    private static final int DAYS = 3 * 365;
    private static final Pattern SALE =
            Pattern.compile("\"store\":\"(\\d)\",\"sku\":\"([^\"]+)\",\"qty\":(\\d+),\"sold_at\":\"([^\"]+)\"");
    private static final double[][][] SOLD = new double[ShopSeries.STORES][ShopSeries.PRODUCTS][DAYS];
    private static final int[] EVENTS = new int[DAYS];

    static {
        SampleStream stream = SampleStreams.demand(7, SampleStreams.DEMAND_START);
        long first = day(SampleStreams.DEMAND_START);
        Sample sample = stream.next();
        while (day(Instant.ofEpochMilli(sample.at())) - first < DAYS) {
            EVENTS[(int) (day(Instant.ofEpochMilli(sample.at())) - first)]++;
            if (sample.kind().accepted()) {
                count(new String(sample.value(), StandardCharsets.UTF_8), first);
            }
            sample = stream.next();
        }
    }

    private static void count(String json, long first) {
        Matcher sale = SALE.matcher(json);
        assertThat(sale.find()).as(json).isTrue();
        int day = (int) (day(Instant.parse(sale.group(4))) - first);
        SOLD[Integer.parseInt(sale.group(1)) - 1][product(sale.group(2))][day] += Integer.parseInt(sale.group(3));
    }

    private static int product(String sku) {
        return IntStream.range(0, ShopSeries.PRODUCTS)
                .filter(product -> new ShopSeries(7, 0, product).sku().equals(sku))
                .findFirst()
                .orElseThrow();
    }

    private static long day(Instant time) {
        return time.atZone(DemandDays.ZONE).toLocalDate().toEpochDay();
    }

    @Test
    void aDayIsAFewHundredSales() {
        assertThat(Arrays.stream(EVENTS).average().orElseThrow()).isBetween(200.0, 450.0);
    }

    @Test
    void everyStoreHasAWeek() {
        for (int store = 0; store < ShopSeries.STORES; store++) {
            double[] total = total(store, 250, DAYS);
            double week = autocorrelation(total, 7);
            assertThat(week).as("store %d", store + 1).isGreaterThan(0.5);
            assertThat(week).isGreaterThan(0.3 + autocorrelation(total, 3));
        }
    }

    @Test
    void oddProductsSellInWinterAndEvenOnesInSummer() {
        for (int product = 0; product < ShopSeries.FIRST_INTERMITTENT; product++) {
            double summer = 0;
            double winter = 0;
            for (int store = 0; store < ShopSeries.STORES; store++) {
                summer += mean(SOLD[store][product], 365 + 166, 365 + 226);
                winter += mean(SOLD[store][product], 365, 365 + 45);
            }
            assertThat(summer > winter * 1.15)
                    .as("product %d in summer", product)
                    .isEqualTo(product % 2 == 0);
            assertThat(winter > summer * 1.15)
                    .as("product %d in winter", product)
                    .isEqualTo(product % 2 == 1);
        }
    }

    @Test
    void intermittentProductsAreAbsentOnMostDaysAndOthersHardlyEver() {
        for (int store = 0; store < ShopSeries.STORES; store++) {
            for (int product = 0; product < ShopSeries.NEW_PRODUCT; product++) {
                double silent = silentShare(SOLD[store][product], store == ShopSeries.RESTING_STORE);
                if (product >= ShopSeries.FIRST_INTERMITTENT) {
                    assertThat(silent).isGreaterThan(0.5);
                } else {
                    assertThat(silent).isLessThan(0.1);
                }
            }
        }
    }

    @Test
    void theNewProductAppearsInEveryStoreAtOnce() {
        for (int store = 0; store < ShopSeries.STORES; store++) {
            double[] sold = SOLD[store][ShopSeries.NEW_PRODUCT];
            assertThat(mean(sold, 0, ShopSeries.NEW_PRODUCT_DAY)).isZero();
            assertThat(mean(sold, ShopSeries.NEW_PRODUCT_DAY, ShopSeries.NEW_PRODUCT_DAY + 7))
                    .isGreaterThan(2);
        }
    }

    @Test
    void oneStoreLosesCustomAndTheOthersDoNot() {
        for (int store = 0; store < ShopSeries.STORES; store++) {
            double before = mean(total(store, 0, DAYS), ShopSeries.LOSS_DAY - 28, ShopSeries.LOSS_DAY);
            double after = mean(total(store, 0, DAYS), ShopSeries.LOSS_DAY, ShopSeries.LOSS_DAY + 28);
            assertThat(after < 0.75 * before).as("store %d", store + 1).isEqualTo(store == ShopSeries.LOSING_STORE);
        }
    }

    @Test
    void aPromotionSellsMore() {
        double promoted = 0;
        double usual = 0;
        for (int product = 0; product < ShopSeries.FIRST_INTERMITTENT; product++) {
            ShopSeries series = new ShopSeries(7, 0, product);
            for (int day = 7; day < DAYS; day++) {
                if (series.promoted(day) && !series.promoted(day - 7)) {
                    promoted += SOLD[0][product][day];
                    usual += SOLD[0][product][day - 7];
                }
            }
        }
        assertThat(promoted / usual).isBetween(1.5, 2.7);
    }

    private static double[] total(int store, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(day -> Arrays.stream(SOLD[store])
                        .mapToDouble(sold -> sold[day])
                        .sum())
                .toArray();
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    private static double silentShare(double[] sold, boolean restsOnSunday) {
        return IntStream.range(0, DAYS)
                .filter(day -> !restsOnSunday || day % 7 != 6)
                .mapToDouble(day -> sold[day] == 0 ? 1 : 0)
                .average()
                .orElseThrow();
    }

    static double autocorrelation(double[] values, int lag) {
        double mean = mean(values, 0, values.length);
        double both = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            all += (values[i] - mean) * (values[i] - mean);
            both += i < lag ? 0 : (values[i] - mean) * (values[i - lag] - mean);
        }
        return both / all;
    }
}
