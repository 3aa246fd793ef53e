package dev.tidecast.learn;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Series made for training where there is no history yet: what a starter model learns from. A pure function of settings,
 * count and seed; series k is the same however many others there are.
 */
public final class Synthesis {
    private static final long DAY = 86_400_000L;
    private static final long FIRST = Instant.parse("2005-01-03T12:00:00Z").toEpochMilli();
    /** 5 January 1970. */
    private static final long MONDAY = 4;

    private static final int YEARS = 18;

    /** A value per step, NaN where nothing is observed. */
    interface Maker {
        double[] make(Chance chance, Calendar calendar);
    }

    /** When the steps of a series are. */
    record Calendar(Buckets buckets, long first) {
        long start(int step) {
            return buckets.start(first + step);
        }

        /** Of daily steps: days since a Monday early in January. */
        long day(int step) {
            return first + step - MONDAY;
        }

        double shareOfDay(int step) {
            return Math.floorMod(start(step), DAY) / (double) DAY;
        }
    }

    private Synthesis() {}

    /** Whether there are made series for such a target. */
    public static boolean knows(Settings settings) {
        boolean daily = settings.buckets().text().equals("P1D") && settings.season() == 7;
        return settings.kind() == TargetKind.PRICE && !settings.buckets().isNone()
                || settings.kind() == TargetKind.COUNT && daily;
    }

    /** So many series, by key. */
    public static SortedMap<String, List<Observation>> of(Settings settings, int count, long seed) {
        if (!knows(settings)) {
            throw new IllegalArgumentException("series are made for daily counts and for prices");
        }
        Maker maker = settings.kind() == TargetKind.PRICE ? new MadePrices() : new MadeSales();
        SortedMap<String, List<Observation>> series = new TreeMap<>();
        for (int k = 0; k < count; k++) {
            Chance chance = new Chance(seed, k);
            String key = Integer.toString(k);
            long start = FIRST + DAY * chance.below(YEARS * 365);
            Calendar calendar =
                    new Calendar(settings.buckets(), settings.buckets().index(start));
            List<Observation> observations = observations(key, calendar, maker.make(chance, calendar));
            if (!observations.isEmpty()) {
                series.put(key, observations);
            }
        }
        return series;
    }

    private static List<Observation> observations(String key, Calendar calendar, double[] values) {
        List<Observation> observations = new ArrayList<>();
        for (int t = 0; t < values.length; t++) {
            if (!Double.isNaN(values[t])) {
                long time = calendar.start(t);
                observations.add(new Observation(key, time, values[t], time, new Source("made", 0, t, time)));
            }
        }
        return observations;
    }
}
