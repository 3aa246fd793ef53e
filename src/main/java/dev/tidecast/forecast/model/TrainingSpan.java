package dev.tidecast.forecast.model;

/**
 * The stretch of event time a model was trained on, kept in its file. {@code train} writes it; {@code backtest} reads it and
 * scores what comes after it, for forecasts of what a model has learnt look better than they are.
 *
 * @param from the start of the first bucket that was used, epoch ms
 * @param until the end of the last one, those that were held back to choose weights by included
 * @param keys how many keys were used
 */
public record TrainingSpan(long from, long until, long keys) {
    /** In a model file: three numbers of 8 bytes. */
    static final int BYTES = 24;

    public TrainingSpan {
        if (from >= until || keys < 1) {
            throw new IllegalArgumentException("no span of time: " + from + " to " + until + ", " + keys + " keys");
        }
    }
}
