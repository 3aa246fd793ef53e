package dev.tidecast.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Trades of all shares, half a minute at a time. Each half minute the market and each share throw their dice; a share's
 * return, its variance (GARCH(1,1), Bollerslev 1986) and the market's mood:
 *
 * <pre>
 *   r = sqrt(v) * mood * (b * z_market + sqrt(1 - b²) * z_share)
 *   v &lt;- w + 0.06 r² / mood² + 0.935 v,  w = 0.005 * v_long
 *   mood: 1, or 2.5 in a storm; a calm lasts 12 hours on average, a storm 3
 *   log price &lt;- log price + r - 10⁻⁵ (log price - log first price)
 * </pre>
 *
 * The weak pull keeps a stream that never ends within the prices people know.
 */
final class StockTicks implements SampleStream.Stretches {
    static final String[] SYMBOLS = {"ABO", "BRD", "CHM", "DLN", "ETX", "FRM", "GWV", "HST", "KLM", "MRK", "PVS", "TDL"
    };
    static final long STRETCH = Duration.ofSeconds(30).toMillis();
    private static final Duration DELAY = Duration.ofSeconds(40);
    private static final Duration LATE = Duration.ofHours(4);
    private static final double STORM = 2.5;
    private static final double STORM_COMES = 1 / (12 * 120.0);
    private static final double STORM_GOES = 1 / (3 * 120.0);
    private static final double MARKET = 0.5;
    private static final double OWN = StrictMath.sqrt(1 - MARKET * MARKET);
    /** Not every half minute sees a trade in every share. */
    private static final double TRADED = 0.8;

    private final int shares = SYMBOLS.length;
    private final byte[][] keys = new byte[shares][];
    private final double[] first = new double[shares];
    private final double[] price = new double[shares]; // logarithm
    private final double[] longVariance = new double[shares];
    private final double[] variance = new double[shares];
    private final Dice dice;
    private final Mishaps mishaps;
    private boolean storm;
    private long time;

    StockTicks(long seed, Instant start) {
        dice = new Dice(seed, 3);
        mishaps = new Mishaps(new Dice(seed, 4), DELAY, LATE);
        time = start.getEpochSecond() * 1000;
        for (int i = 0; i < shares; i++) {
            keys[i] = SYMBOLS[i].getBytes(StandardCharsets.UTF_8);
            first[i] = StrictMath.log(dice.between(20, 300));
            price[i] = first[i];
            // 1 to 3 % a day, over 2880 half minutes.
            double daily = dice.between(0.01, 0.03);
            longVariance[i] = daily * daily / 2880;
            variance[i] = longVariance[i];
        }
    }

    @Override
    public long draw(Consumer<Sample> out) {
        storm = dice.uniform() < (storm ? 1 - STORM_GOES : STORM_COMES);
        double mood = storm ? STORM : 1;
        double market = dice.normal();
        for (int i = 0; i < shares; i++) {
            move(i, market, mood);
            if (dice.uniform() < TRADED) {
                trade(i, time + 1000L * dice.below(30), out);
            }
        }
        time += STRETCH;
        return time;
    }

    private void move(int share, double market, double mood) {
        double calm = StrictMath.sqrt(variance[share]) * (MARKET * market + OWN * dice.normal());
        variance[share] = 0.005 * longVariance[share] + 0.06 * calm * calm + 0.935 * variance[share];
        price[share] += mood * calm - 1e-5 * (price[share] - first[share]);
    }

    private void trade(int share, long traded, Consumer<Sample> out) {
        long cents = Math.max(1, (long) Math.rint(100 * StrictMath.exp(price[share])));
        mishaps.send(keys[share], traded, kind -> tick(share, cents, traded, kind), out);
    }

    private static String tick(int share, long cents, long traded, Sample.Kind kind) {
        StringBuilder json = new StringBuilder(80);
        json.append("{\"symbol\":\"").append(SYMBOLS[share]).append('"');
        if (kind == Sample.Kind.NOT_A_NUMBER) {
            json.append(",\"price\":\"at best\"");
        } else if (kind != Sample.Kind.MISSING_FIELD) {
            json.append(",\"price\":").append(cents / 100).append('.');
            json.append(cents / 10 % 10).append(cents % 10);
        }
        return json.append(",\"traded_at\":\"")
                .append(Moments.text(traded, kind))
                .append("\"}")
                .toString();
    }
}
