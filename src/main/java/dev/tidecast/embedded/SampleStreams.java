package dev.tidecast.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The streams of the demo, made here, from a seed; their pipelines are {@code topology/demand.yaml} and {@code stock.yaml}. */
public final class SampleStreams {
    /** A Monday, years ago, so that the replay does not catch up with the present while somebody watches. */
    public static final Instant DEMAND_START = day(2014, 1, 6);

    public static final Instant STOCK_START = day(2025, 1, 6);

    /** Stream time per second of real time at which a screen is worth watching: a day in 225 ms. */
    public static final Duration DEMAND_PACE =
            Duration.ofDays(1).multipliedBy(40).dividedBy(9);

    /** Five minutes in 200 ms. */
    public static final Duration STOCK_PACE = Duration.ofMinutes(25);

    private SampleStreams() {}

    /**
     * Sales of a retailer, keyed by store: six stores with ten products each, weekly and yearly seasons, trend,
     * promotions, intermittent items, a store that loses custom, a product that appears. The JSON of an event:
     * {@code {"store":"3","sku":"A-01","qty":2,"sold_at":"2014-03-01T09:14:02Z","promo":true}}.
     *
     * @param start the stream begins on this day in Prague
     */
    public static SampleStream demand(long seed, Instant start) {
        return new SampleStream(new DemandDays(seed, start));
    }

    /**
     * Trades of twelve shares, keyed by symbol, with volatility that comes in clusters, on an exchange that never closes.
     * The JSON of an event: {@code {"symbol":"KLM","price":101.25,"traded_at":"2025-01-06T00:00:07Z"}}.
     */
    public static SampleStream stock(long seed, Instant start) {
        return new SampleStream(new StockTicks(seed, start));
    }

    private static Instant day(int year, int month, int day) {
        return LocalDate.of(year, month, day).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
