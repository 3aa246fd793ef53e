package dev.tidecast.embedded;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The sales of all stores, one day at a time: a day's demand of a series is split into a handful of sales. */
final class DemandDays implements SampleStream.Stretches {
    static final ZoneId ZONE = ZoneId.of("Europe/Prague");
    private static final Duration DELAY = Duration.ofHours(5);
    private static final Duration LATE = Duration.ofDays(20);
    private static final int OPENS = 8 * 3600;
    private static final int OPEN_SECONDS = 12 * 3600;

    private final List<ShopSeries> shop = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private final Dice dice;
    private final Mishaps mishaps;
    private final LocalDate firstMonday;
    private LocalDate date;

    DemandDays(long seed, Instant start) {
        dice = new Dice(seed, 1);
        mishaps = new Mishaps(new Dice(seed, 2), DELAY, LATE);
        date = start.atZone(ZONE).toLocalDate();
        firstMonday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        for (int store = 0; store < ShopSeries.STORES; store++) {
            for (int product = 0; product < ShopSeries.PRODUCTS; product++) {
                ShopSeries series = new ShopSeries(seed, store, product);
                shop.add(series);
                keys.add(series.store().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public long draw(Consumer<Sample> out) {
        long day = date.toEpochDay() - firstMonday.toEpochDay();
        long opens = date.atTime(OPENS / 3600, 0).atZone(ZONE).toInstant().toEpochMilli();
        for (int i = 0; i < shop.size(); i++) {
            sell(i, day, opens, out);
        }
        date = date.plusDays(1);
        return date.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    private void sell(int index, long day, long opens, Consumer<Sample> out) {
        ShopSeries series = shop.get(index);
        double weather = StrictMath.exp(0.2 * dice.normal() - 0.02);
        int demand = dice.poisson(series.mean(day) * weather);
        boolean promoted = series.promoted(day);
        for (int quantity : split(demand)) {
            // The sum of two throws: most is sold around two in the afternoon.
            int second = (dice.below(OPEN_SECONDS) + dice.below(OPEN_SECONDS)) / 2;
            long time = opens + 1000L * second;
            mishaps.send(keys.get(index), time, kind -> sale(series, quantity, promoted, time, kind), out);
        }
    }

    /** Every sale has one unit at least; the rest falls where it will. */
    private int[] split(int demand) {
        int[] quantities = new int[demand == 0 ? 0 : Math.min(demand, 1 + dice.poisson(5))];
        for (int unit = 0; unit < demand; unit++) {
            quantities[unit < quantities.length ? unit : dice.below(quantities.length)]++;
        }
        return quantities;
    }

    private static String sale(ShopSeries series, int quantity, boolean promoted, long time, Sample.Kind kind) {
        StringBuilder json = new StringBuilder(96);
        json.append("{\"store\":\"").append(series.store());
        json.append("\",\"sku\":\"").append(series.sku()).append('"');
        if (kind != Sample.Kind.MISSING_FIELD) {
            json.append(",\"qty\":");
            json.append(kind == Sample.Kind.NOT_A_NUMBER ? "\"a few\"" : Integer.toString(quantity));
        }
        json.append(",\"sold_at\":\"").append(Moments.text(time, kind)).append('"');
        return json.append(promoted ? ",\"promo\":true}" : "}").toString();
    }
}
