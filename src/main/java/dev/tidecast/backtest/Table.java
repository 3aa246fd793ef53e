package dev.tidecast.backtest;

import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Series in memory, laid side by side and read as rows in the order of time; of one moment, in the order of the series. */
public final class Table {
    private final List<Line> lines;
    private final int length;

    /** One series: values at steps that all series share; NaN where there is none. */
    public record Line(String key, double[] values) {}

    /** The moment of each step, ascending. */
    private final long[] times;

    public Table(long[] times, List<Line> lines) {
        this.times = times;
        this.lines = List.copyOf(lines);
        this.length = times.length;
        for (Line line : lines) {
            if (line.values.length != length) {
                throw new IllegalArgumentException(line.key + " has " + line.values.length + " steps of " + length);
            }
        }
    }

    /** Everything in a long-form file, a step for every moment in it; of two values at one moment the later row counts. */
    public static Table of(Rows rows) {
        Map<String, Gathered> gathered = new LinkedHashMap<>();
        while (rows.next()) {
            gathered.computeIfAbsent(rows.key(), key -> new Gathered()).add(rows.time(), rows.value());
        }
        long[] times = gathered.values().stream()
                .flatMapToLong(g -> Arrays.stream(g.times, 0, g.size))
                .sorted()
                .distinct()
                .toArray();
        List<Line> lines = gathered.entrySet().stream()
                .map(e -> new Line(e.getKey(), e.getValue().values(times)))
                .toList();
        return new Table(times, lines);
    }

    private static final class Gathered {
        private long[] times = new long[64];
        private double[] values = new double[64];
        private int size;

        void add(long time, double value) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            times[size] = time;
            values[size++] = value;
        }

        double[] values(long[] steps) {
            double[] line = new double[steps.length];
            Arrays.fill(line, Double.NaN);
            for (int i = 0; i < size; i++) {
                line[Arrays.binarySearch(steps, times[i])] = values[i];
            }
            return line;
        }
    }

    public List<Line> lines() {
        return lines;
    }

    /** How many steps there are. */
    public int length() {
        return length;
    }

    public long time(int step) {
        return times[step];
    }

    /** The first step at or after a moment; the length where there is none. */
    public int step(long moment) {
        int at = Arrays.binarySearch(times, moment);
        return at >= 0 ? at : -at - 1;
    }

    /** The first steps alone. */
    public Table first(int steps) {
        return new Table(
                Arrays.copyOf(times, steps),
                lines.stream()
                        .map(line -> new Line(line.key, Arrays.copyOf(line.values, steps)))
                        .toList());
    }

    /**
     * One step more, holding what each series held last. It is a bell and no data: its arrival closes the last real step,
     * so that this can be graded; it is never graded itself and nothing that is graded comes after it.
     */
    public Table closed() {
        long[] more = Arrays.copyOf(times, length + 1);
        more[length] = 2 * times[length - 1] - times[length - 2];
        List<Line> longer = new ArrayList<>();
        for (Line line : lines) {
            double[] values = Arrays.copyOf(line.values, length + 1);
            values[length] = last(line.values);
            longer.add(new Line(line.key, values));
        }
        return new Table(more, longer);
    }

    private static double last(double[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            if (!Double.isNaN(values[i])) {
                return values[i];
            }
        }
        return values[0];
    }

    /** The steps from the first to the last at which every series has begun and none has ended. */
    public Table common() {
        int from = 0;
        int to = length;
        for (Line line : lines) {
            int first = 0;
            while (Double.isNaN(line.values[first])) {
                first++;
            }
            int last = length;
            while (Double.isNaN(line.values[last - 1])) {
                last--;
            }
            from = Math.max(from, first);
            to = Math.min(to, last);
        }
        int start = from;
        int end = to;
        return new Table(
                Arrays.copyOfRange(times, start, end),
                lines.stream()
                        .map(line -> new Line(line.key, Arrays.copyOfRange(line.values, start, end)))
                        .toList());
    }

    /** The same steps at moments that follow each other evenly from `start`. */
    public Table evenly(long start, long millis) {
        long[] even = new long[length];
        for (int i = 0; i < length; i++) {
            even[i] = start + i * millis;
        }
        return new Table(even, lines);
    }

    /** The same moments with other values. */
    public Table with(List<Line> others) {
        return new Table(times, others);
    }

    /** What each series had before a step, for a trainer. */
    public Map<String, List<Observation>> before(int step) {
        Map<String, List<Observation>> histories = new LinkedHashMap<>();
        for (Line line : lines) {
            List<Observation> history = new ArrayList<>();
            for (int i = 0; i < step; i++) {
                double y = line.values[i];
                if (!Double.isNaN(y)) {
                    history.add(new Observation(line.key, times[i], y, times[i], new Source("train", 0, i, times[i])));
                }
            }
            histories.put(line.key, history);
        }
        return histories;
    }

    /** The rows of all steps. */
    public Rows rows() {
        return new Reading();
    }

    private final class Reading implements Rows {
        private int step;
        private int line = -1;

        @Override
        public boolean next() {
            do {
                if (++line == lines.size()) {
                    line = 0;
                    step++;
                }
            } while (step < length && Double.isNaN(value()));
            return step < length && !lines.isEmpty();
        }

        @Override
        public String key() {
            return lines.get(line).key;
        }

        @Override
        public long time() {
            return times[step];
        }

        @Override
        public double value() {
            return lines.get(line).values[step];
        }

        @Override
        public double done() {
            return (double) step / length;
        }

        @Override
        public String place() {
            return key() + ", step " + (step + 1);
        }
    }
}
