package dev.tidecast.backtest;

/** Observations in event order, one after the other; the accessors tell of the row that {@link #next} moved to. */
public interface Rows extends AutoCloseable {
    /** Moves to the next row; false at the end. */
    boolean next();

    String key();

    /** Event time, epoch ms. */
    long time();

    double value();

    /** Whether the value is only the least it can have been. */
    default boolean censored() {
        return false;
    }

    /** Which share of the rows has been read, 0 to 1; for progress alone. */
    double done();

    /** Where the row stands, to go before what is wrong with it: "sales.csv, line 7". */
    String place();

    @Override
    default void close() {}
}
