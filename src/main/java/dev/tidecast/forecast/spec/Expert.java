package dev.tidecast.forecast.spec;

import java.util.Locale;

/** Whoever says where a step is expected. The order is that of every array over experts. */
public enum Expert {
    /** The network of the pipeline, once it has weights. */
    NETWORK,
    /** The last value observed. */
    PERSISTENCE,
    /** The value one (shortest) season before. */
    SEASONAL_NAIVE,
    /** The value one longer season before (two, where there is one season only), moved to the present level. */
    SEASONAL_LEVEL,
    /** {@link dev.tidecast.series.Smoothing}. */
    SMOOTHING,
    /** {@link dev.tidecast.series.Intermittent}: amounts, unless their season is longer than twelve steps. */
    INTERMITTENT,
    /** {@link dev.tidecast.series.Autoregression}: ratios, plain numbers, and measured amounts with a season longer than twelve steps. */
    AUTOREGRESSION;

    public static final int COUNT = values().length;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
