package dev.tidecast.forecast.state;

/**
 * What is kept of a key's closed steps. Nobody changes it: a close works on a copy and makes the next state of that.
 * Numbers are where {@link Layout} says, doubles are those of the autoregression and of the effects of what is known.
 *
 * @param flags one bit per place of the ring: filled in, not observed
 * @param levels lowest, middle and highest shown level of the waiting forecasts
 */
public record SeriesState(
        Position position, Versions versions, float[] numbers, double[] doubles, byte[] flags, float[] levels) {
    /** How many shown levels are kept. */
    public static final int LEVELS = 3;

    /**
     * How far a key has come.
     *
     * @param next the first bucket not closed; without buckets the number of steps
     * @param time event time of the last step without buckets, else 0
     * @param closed closed steps, capped at the largest int
     * @param observed closed steps that count as observed
     */
    public record Position(long next, long time, int closed, int observed) {}

    /** A state before its first step. */
    public static SeriesState birth(Layout layout, long next, float[] levels) {
        return new SeriesState(
                new Position(next, 0, 0, 0),
                Versions.NONE,
                new float[layout.size],
                new double[layout.doubles()],
                new byte[layout.flagBytes()],
                levels);
    }

    /** The same with other versions. */
    public SeriesState with(Versions other) {
        return new SeriesState(position, other, numbers, doubles, flags, levels);
    }
}
