package dev.tidecast.embedded;

/**
 * The mean daily sales of one product in one store.
 *
 * <pre>
 *   mean(d) = level * week[d mod 7] * (1 + swing * cos(2 pi (d - peak) / 365.25))
 *                   * (1 + trend * tanh(d / 800)) * promotion(d) * fate(d)
 * </pre>
 *
 * Days count from the stream's start, a week from its Monday; {@code promotion} is 1 but for three days every few weeks,
 * the same in all stores; {@code fate} is 0 before a new product appears, and {@link #LOSS} in a store from the day a
 * competitor opens next to it.
 */
final class ShopSeries {
    static final int STORES = 6;
    static final int PRODUCTS = 10;
    /** Products 7 and 8 sell once in a few days. */
    static final int FIRST_INTERMITTENT = 7;

    static final int NEW_PRODUCT = 9;
    static final int NEW_PRODUCT_DAY = 120;
    static final int LOSING_STORE = 4;
    static final int LOSS_DAY = 200;
    static final double LOSS = 0.55;
    /** This store is closed on Sundays. */
    static final int RESTING_STORE = 2;

    private static final double[] WEEK = {0.80, 0.78, 0.85, 0.95, 1.25, 1.55, 0.82};
    private static final String[] SKUS = {"A-01", "A-02", "A-03", "B-11", "B-12", "C-21", "C-22", "S-71", "S-72", "N-90"
    };

    private final int store;
    private final int product;
    private final long promotions;
    private final double level;
    private final double swing;
    private final double peak;
    private final double trend;
    private final double uplift;

    ShopSeries(long seed, int store, int product) {
        this.store = store;
        this.product = product;
        Dice ofProduct = new Dice(seed, 1000 + product);
        promotions = ofProduct.bits();
        double popularity = intermittent() ? ofProduct.between(0.18, 0.35) : ofProduct.between(9, 40);
        // Half of the products sell in summer, half in winter, each to its own degree.
        swing = ofProduct.between(0.15, 0.45);
        peak = (product % 2 == 0 ? 196 : 15) + ofProduct.between(-20, 20);
        uplift = ofProduct.between(1.6, 2.6);
        Dice ofSeries = new Dice(seed, 2000 + 100L * store + product);
        level = popularity * StrictMath.exp(0.35 * ofSeries.normal());
        trend = ofSeries.between(-0.35, 0.6);
    }

    boolean intermittent() {
        return product >= FIRST_INTERMITTENT && product < NEW_PRODUCT;
    }

    String store() {
        return Integer.toString(store + 1);
    }

    String sku() {
        return SKUS[product];
    }

    boolean promoted(long day) {
        long week = Math.floorDiv(day, 7L);
        long weekday = Math.floorMod(day, 7L);
        return weekday >= 3 && weekday <= 5 && !intermittent() && new Dice(promotions, week).below(8) == 0;
    }

    double mean(long day) {
        double year = 1 + swing * StrictMath.cos(2 * StrictMath.PI * (day - peak) / 365.25);
        double growth = 1 + trend * StrictMath.tanh(day / 800.0);
        double promotion = promoted(day) ? uplift : 1;
        return level * week(day) * year * growth * promotion * fate(day);
    }

    private double week(long day) {
        int weekday = (int) Math.floorMod(day, 7L);
        return store == RESTING_STORE && weekday == 6 ? 0 : WEEK[weekday];
    }

    private double fate(long day) {
        if (product == NEW_PRODUCT && day < NEW_PRODUCT_DAY) {
            return 0;
        }
        return store == LOSING_STORE && day >= LOSS_DAY ? LOSS : 1;
    }
}
