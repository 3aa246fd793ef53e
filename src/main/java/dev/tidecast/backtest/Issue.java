package dev.tidecast.backtest;

import dev.tidecast.forecast.Forecast;

/**
 * A forecast that left at a close, with what else was known at its origin. Arrays are shared: read them, never write.
 *
 * @param course the series it is of
 * @param index number of the first step ahead, counted as the buckets are (without buckets: closed steps so far)
 * @param point the middle of each step ahead: the median where it is shown, else the mean
 * @param rivals point forecasts of others at this origin, [rival × horizon + h - 1], NaN where one has none
 * @param scale mean |y(t) - y(t - m)| over all pairs closed before the origin; NaN before a season of pairs is known
 * @param squaredScale the same of squares
 */
public record Issue(
        Course course,
        Forecast forecast,
        long index,
        double[] point,
        double[] rivals,
        double scale,
        double squaredScale) {
    public double rival(int rival, int h) {
        return rivals[rival * point.length + h - 1];
    }

    /** The moment step h (from 1) begins; without buckets, where nobody knows, the origin. */
    public long target(int h) {
        long[] starts = forecast.starts();
        return starts == null ? forecast.origin() : starts[h - 1];
    }
}
