package dev.tidecast.backtest;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What really happened to one key, step by step, and which forecasts of it still wait. Kept apart from the forecaster's
 * own state: what is scored must not depend on what is judged. A step's actual is the aggregate of the observations the
 * fold took into its bucket, known once the bucket has closed for the key; a step without any is NaN, or 0 where silence
 * means none. A censored step is NaN too: nobody knows what would have been.
 */
public final class Course {
    private static final int OPEN = 4;

    private final String key;
    private final int season;
    private final Buckets buckets;
    private final boolean silenceIsZero;
    private final double[] ring;
    private final int horizon;
    private @Nullable Shelf shelf;

    private long[] openIndex = new long[OPEN];
    private double[] openSum = new double[OPEN];
    private long[] openTime = new long[OPEN];
    private int[] openCount = new int[OPEN];
    private boolean[] openCensored = new boolean[OPEN];
    private int open;

    private boolean begun;
    private long next;
    private long closed;
    private double last = Double.NaN;
    private long pairs;
    private double differences;
    private double squares;

    Course(String key, int season, int horizon, Buckets buckets, boolean silenceIsZero) {
        this.key = key;
        this.season = season;
        this.buckets = buckets;
        this.silenceIsZero = silenceIsZero;
        this.ring = new double[Math.max(4 * season, 3 * horizon) + 8 * horizon];
        this.horizon = horizon;
        Arrays.fill(ring, Double.NaN);
    }

    public String key() {
        return key;
    }

    /** The first step that has not closed. */
    public long next() {
        return next;
    }

    /** Whether steps have moments: they have none where every event is a step. */
    boolean timed() {
        return !buckets.isNone();
    }

    /** The moment a step begins. */
    long start(long index) {
        return buckets.start(index);
    }

    /** Steps closed, silent ones included. */
    public long closed() {
        return closed;
    }

    /** The last observed value; NaN before the first. */
    public double last() {
        return last;
    }

    /** How many closed steps back {@link #actual} reaches. */
    public int memory() {
        return ring.length;
    }

    /** The actual of a closed step; NaN where none was observed or it is too long ago. */
    public double actual(long index) {
        boolean known = index < next && index >= next - ring.length && next - index <= closed;
        return known ? ring[(int) Math.floorMod(index, (long) ring.length)] : Double.NaN;
    }

    /** The last value of the same phase that is known when step next() + h - 1 lies ahead; else the last value. */
    double seasonal(int h) {
        for (long back = ((h + season - 1) / season) * (long) season; back <= h + 3L * season; back += season) {
            double y = actual(next + h - 1 - back);
            if (!Double.isNaN(y)) {
                return y;
            }
        }
        return last;
    }

    /** Mean |y(t) - y(t - m)| over the pairs seen so far, NaN while they are fewer than a season or there is no change. */
    double scale() {
        return pairs < Math.max(2, season) || differences == 0 ? Double.NaN : differences / pairs;
    }

    double squaredScale() {
        return pairs < Math.max(2, season) || squares == 0 ? Double.NaN : squares / pairs;
    }

    /** The fold has taken an observation into this bucket. */
    void take(long index, Observation o) {
        int at = 0;
        while (at < open && openIndex[at] != index) {
            at++;
        }
        if (at == open) {
            begin(index, o);
            return;
        }
        openCount[at]++;
        openCensored[at] |= o.censored();
        switch (buckets.aggregate()) {
            case SUM, MEAN, COUNT -> openSum[at] += o.value();
            case MAX -> openSum[at] = Math.max(openSum[at], o.value());
            case MIN -> openSum[at] = Math.min(openSum[at], o.value());
            case LAST -> {
                if (o.time() >= openTime[at]) {
                    openSum[at] = o.value();
                    openTime[at] = o.time();
                }
            }
        }
    }

    private void begin(long index, Observation o) {
        if (open == openIndex.length) {
            openIndex = Arrays.copyOf(openIndex, 2 * open);
            openSum = Arrays.copyOf(openSum, 2 * open);
            openTime = Arrays.copyOf(openTime, 2 * open);
            openCount = Arrays.copyOf(openCount, 2 * open);
            openCensored = Arrays.copyOf(openCensored, 2 * open);
        }
        openIndex[open] = index;
        openSum[open] = o.value();
        openTime[open] = o.time();
        openCensored[open] = o.censored();
        openCount[open++] = 1;
    }

    private double result(int at) {
        if (openCensored[at]) {
            return Double.NaN;
        }
        return switch (buckets.aggregate()) {
            case COUNT -> openCount[at];
            case MEAN -> openSum[at] / openCount[at];
            default -> openSum[at];
        };
    }

    /** Every step before this one has closed: what waited for them is judged, oldest step first. */
    void closeUntil(long index, Judge judge) {
        if (!begun) {
            begun = true;
            next = index;
            for (int i = 0; i < open; i++) {
                next = Math.min(next, openIndex[i]);
            }
        }
        while (next < index) {
            int at = slot();
            long silent = at < 0 ? Math.min(index, nextSlot(index)) - next : 0;
            if (silent > ring.length + horizon) {
                skip(silent - ring.length);
            } else {
                close(at < 0 ? (silenceIsZero ? 0 : Double.NaN) : result(at), judge);
                forget(at);
            }
        }
    }

    /** Without buckets: one more step, closed at once; NaN where its value is not known. */
    void step(double value, Judge judge) {
        begun = true;
        close(value, judge);
    }

    private int slot() {
        for (int i = 0; i < open; i++) {
            if (openIndex[i] == next) {
                return i;
            }
        }
        return -1;
    }

    private long nextSlot(long limit) {
        long least = limit;
        for (int i = 0; i < open; i++) {
            least = Math.min(least, openIndex[i]);
        }
        return least;
    }

    private void forget(int at) {
        if (at >= 0) {
            open--;
            openIndex[at] = openIndex[open];
            openSum[at] = openSum[open];
            openTime[at] = openTime[open];
            openCount[at] = openCount[open];
            openCensored[at] = openCensored[open];
        }
    }

    /** A silence longer than anything remembers: what waits for steps inside it is past being judged. */
    private void skip(long steps) {
        next += steps;
        closed += steps;
        Arrays.fill(ring, silenceIsZero ? 0 : Double.NaN);
        shelf = null;
    }

    private void close(double actual, Judge judge) {
        double before = actual(next - season);
        if (!Double.isNaN(actual)) {
            if (!Double.isNaN(before)) {
                pairs++;
                differences += Math.abs(actual - before);
                squares += (actual - before) * (actual - before);
            }
            judge(actual, judge);
            last = actual;
        }
        ring[(int) Math.floorMod(next, (long) ring.length)] = actual;
        next++;
        closed++;
    }

    private void judge(double actual, Judge judge) {
        for (int h = horizon; h >= 1 && shelf != null; h--) {
            Issue issue = shelf.due(next, h);
            if (issue != null) {
                judge.matured(issue, h, actual);
            }
        }
    }

    /** The forecast that leaves now; it waits until its steps have closed. */
    Issue issue(Issue.Shape shape, long origin) {
        if (shelf == null) {
            shelf = new Shelf(this, shape);
        }
        return shelf.at(next).begin(origin);
    }
}
