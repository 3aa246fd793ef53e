package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A stretch of event time: the scores of what came true in it, and the mix of the forecasts issued in it. */
public final class Slice {
    private static final long DAY = 86_400_000L;
    private static final long BY_DAY = 14 * DAY;
    private static final long BY_WEEK = 78 * 7 * DAY;
    private static final int MONDAY = 4;

    private final long start;
    /** Per contender: kept apart from {@link Errors}, of which a slice shows no more, for they are summed at every step judged. */
    private final long[] scored;

    private final double[] absolute;
    private final double[] weights;
    private long mixed;
    private long judged;
    private long covered;

    Slice(long start, int contenders, int mixNames) {
        this.start = start;
        this.scored = new long[contenders];
        this.absolute = new double[contenders];
        this.weights = new double[mixNames];
    }

    void mix(Forecast forecast) {
        mixed++;
        for (int i = 0; i < weights.length; i++) {
            weights[i] += forecast.mix().weights()[i];
        }
    }

    void miss(int contender, double size) {
        scored[contender]++;
        absolute[contender] += size;
    }

    void cover(Issue issue, int h, double actual, Ladder ladder) {
        int low = ladder.widest();
        if (low >= 0) {
            judged++;
            double from = issue.quantile(h, low);
            double to = issue.quantile(h, ladder.partner(low));
            covered += from <= actual && actual <= to ? 1 : 0;
        }
    }

    private void add(Slice other) {
        for (int i = 0; i < scored.length; i++) {
            scored[i] += other.scored[i];
            absolute[i] += other.absolute[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] += other.weights[i];
        }
        mixed += other.mixed;
        judged += other.judged;
        covered += other.covered;
    }

    static List<Slice> merged(Collection<Slice> days) {
        List<Slice> merged = new ArrayList<>();
        if (days.isEmpty()) {
            return merged;
        }
        long first = days.iterator().next().start;
        long last = first;
        for (Slice day : days) {
            last = day.start;
        }
        for (Slice day : days) {
            long start = start(day.start, last - first);
            Slice newest = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (newest == null || newest.start != start) {
                newest = new Slice(start, day.scored.length, day.weights.length);
                merged.add(newest);
            }
            newest.add(day);
        }
        return merged;
    }

    /** What the slices are: days, weeks or months, by the first distance between two of them. */
    static String word(List<Slice> slices) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < slices.size(); i++) {
            least = Math.min(least, slices.get(i).start - slices.get(i - 1).start);
        }
        return slices.size() < 2 || least < 7 * DAY ? "day" : least < 28 * DAY ? "week" : "month";
    }

    private static long start(long day, long span) {
        if (span <= BY_DAY) {
            return day;
        }
        if (span <= BY_WEEK) {
            long number = day / DAY - MONDAY;
            return (number - Math.floorMod(number, 7L) + MONDAY) * DAY;
        }
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(day), ZoneOffset.UTC);
        return date.withDayOfMonth(1).toEpochDay() * DAY;
    }

    public long start() {
        return start;
    }

    /** How many forecasts of a contender were judged. */
    public long scored(int contender) {
        return scored[contender];
    }

    /** Mean absolute error of a contender; NaN where nothing was judged. */
    public double mae(int contender) {
        return absolute[contender] / scored[contender];
    }

    /** Coverage of the widest interval; NaN where nothing was judged. */
    public double coverage() {
        return (double) covered / judged;
    }

    /** Mean weight of the i-th name of the mix; NaN where nothing was issued. */
    public double weight(int i) {
        return weights[i] / mixed;
    }
}
