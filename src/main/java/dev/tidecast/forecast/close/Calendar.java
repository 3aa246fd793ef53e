package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.series.Buckets;

/**
 * Where a step lies in its seasons and in the year, as sines and cosines:
 *
 * <pre>
 *   per season of m steps   sin, cos (2π j slot / m), j = 1 .. min(3, m / 2)
 *   of the year             sin, cos (2π j part of the year), j = 1, 2      where buckets are a month or shorter
 * </pre>
 */
final class Calendar {
    private static final int MOST_HARMONICS = 3;
    private static final int YEAR_HARMONICS = 2;
    private static final long YEAR_MILLIS = 31_556_952_000L;
    private static final long MONTH_MILLIS = 31L * 86_400_000;

    private final Buckets buckets;
    private final int[] seasons;
    private final float[][] tables;
    private final boolean yearly;
    private final int size;

    Calendar(Settings settings) {
        this(settings.buckets(), settings.season() == 1 ? new int[0] : settings.seasons());
    }

    private Calendar(Buckets buckets, int[] seasons) {
        this.buckets = buckets;
        this.seasons = seasons;
        yearly = !buckets.isNone() && buckets.usualMillis() <= MONTH_MILLIS;
        tables = new float[seasons.length][];
        int numbers = yearly ? 2 * YEAR_HARMONICS : 0;
        for (int k = 0; k < seasons.length; k++) {
            tables[k] = table(seasons[k]);
            numbers += tables[k].length / seasons[k];
        }
        size = numbers;
    }

    /** Where time says nothing. */
    static Calendar none() {
        return new Calendar(Buckets.none(), new int[0]);
    }

    private static float[] table(int season) {
        int harmonics = Math.min(MOST_HARMONICS, season / 2);
        float[] table = new float[season * 2 * harmonics];
        int at = 0;
        for (int slot = 0; slot < season; slot++) {
            for (int j = 1; j <= harmonics; j++) {
                double angle = 2 * Math.PI * j * slot / season;
                table[at++] = (float) StrictMath.sin(angle);
                table[at++] = (float) StrictMath.cos(angle);
            }
        }
        return table;
    }

    int size() {
        return size;
    }

    /** Writes the place of a step. */
    void write(long index, float[] x, int at) {
        int next = at;
        for (int k = 0; k < seasons.length; k++) {
            int numbers = tables[k].length / seasons[k];
            int slot = Math.floorMod(index, seasons[k]);
            System.arraycopy(tables[k], slot * numbers, x, next, numbers);
            next += numbers;
        }
        if (yearly) {
            double part = (double) Math.floorMod(buckets.start(index), YEAR_MILLIS) / YEAR_MILLIS;
            for (int j = 1; j <= YEAR_HARMONICS; j++) {
                x[next++] = (float) StrictMath.sin(2 * Math.PI * j * part);
                x[next++] = (float) StrictMath.cos(2 * Math.PI * j * part);
            }
        }
    }
}
