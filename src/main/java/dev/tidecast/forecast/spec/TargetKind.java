package dev.tidecast.forecast.spec;

/** What kind of number is forecast. It fixes the form of the arithmetic; the data never does. */
public enum TargetKind {
    /** Whole numbers from 0: units sold. Level × season, floors at 0, no logarithm; rounded only where it is written. */
    COUNT,
    /** Amounts from 0: kilowatt hours. As COUNT, without rounding. */
    NONNEG,
    /** Amounts above 0 that move by ratios: the arithmetic works on logarithms. */
    POSITIVE,
    /** Any number: level + season. */
    REAL,
    /** A market price: returns around the last price, over their volatility. */
    PRICE;

    /** Whether the arithmetic works on ln y. */
    public boolean logarithmic() {
        return this == POSITIVE || this == PRICE;
    }

    /** Whether the season multiplies the level. */
    public boolean multiplies() {
        return this == COUNT || this == NONNEG;
    }

    /** Whether values are amounts of something that may be sold out, so that more would have been wanted. */
    public boolean canRunOut() {
        return multiplies() || this == POSITIVE;
    }

    /** Whether values of several steps add up to something. */
    public boolean adds() {
        return multiplies() || this == REAL;
    }
}
