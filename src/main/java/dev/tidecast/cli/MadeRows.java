package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.learn.Synthesis;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Series of our own making as the rows of a data file, in event order. They are moved by whole weeks into the same year (prices: into
 * the same week), and end together; those that would end before most others are left out.
 */
final class MadeRows implements Rows {
    private static final long WEEK = 7 * 86_400_000L;
    private static final int WEEKS_OF_A_YEAR = 52;
    /** Whole weeks after the epoch. */
    private static final long JANUARY_2024 = 2818 * WEEK;

    private final List<Observation> all = new ArrayList<>();
    private int next;

    MadeRows(Settings settings, int count, long seed) {
        long period = settings.kind() == TargetKind.PRICE ? WEEK : WEEKS_OF_A_YEAR * WEEK;
        List<List<Observation>> moved = new ArrayList<>();
        Synthesis.of(settings, 2 * count, seed).values().forEach(series -> moved.add(moved(series, period)));
        moved.sort(Comparator.comparingLong(MadeRows::end).reversed());
        List<List<Observation>> kept = moved.subList(0, Math.min(count, moved.size()));
        long end = end(kept.get(kept.size() - 1));
        kept.forEach(series -> series.stream().filter(o -> o.time() <= end).forEach(all::add));
        all.sort(Comparator.comparingLong(Observation::time).thenComparing(Observation::key));
    }

    private static long end(List<Observation> series) {
        return series.get(series.size() - 1).time();
    }

    private static List<Observation> moved(List<Observation> series, long period) {
        long by = Math.floorDiv(series.get(0).time(), period) * period - JANUARY_2024;
        return series.stream()
                .map(o -> new Observation(o.key(), o.time() - by, o.value(), o.sourceTime() - by, o.source()))
                .toList();
    }

    @Override
    public boolean next() {
        next++;
        return next <= all.size();
    }

    private Observation row() {
        return all.get(next - 1);
    }

    @Override
    public String key() {
        return row().key();
    }

    @Override
    public long time() {
        return row().time();
    }

    @Override
    public double value() {
        return row().value();
    }

    @Override
    public double done() {
        return (double) next / all.size();
    }

    @Override
    public String place() {
        return "made series, row " + next;
    }
}
