package dev.tidecast.series;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is known in advance of the steps of every key: holidays, promotions, prices; a table of numbers by key, bucket index
 * and column. A forecast reads it ahead, so nothing may be in it that is only measured when its step comes.
 *
 * <pre>
 *   value(key, i, column)    the number in the key's row of step i; where that has none, the one in the row for all keys; else
 *                            0, or in a lasting column the last number before (the key's own first), NaN before any
 *   usual(key, i, column)    the median of the values at i - m, i - 2m, ..., i - {@link #MEMORY} m that are not NaN, m the season
 *   unusual(key, i, column)  (value - usual) / max(1, |usual|); 0 where either is NaN
 * </pre>
 *
 * A rare holiday is unusual and nothing is in the weeks after it; a shop that is closed every Sunday is usual; a new price is
 * unusual until it has been charged as often as not. No step looks at rows after its own. Immutable, shared by all threads.
 */
public final class Known {
    /** How many columns there may be. */
    public static final int MOST_COLUMNS = 8;

    /** How many seasons say what is usual. */
    static final int MEMORY = 13;

    private static final int REMEMBERED = 128;

    private final List<String> names;
    private final boolean[] lasting;
    private final boolean anyLasting;
    private final Rows all;
    private final Map<String, Rows> keys;

    /** The rows of one key, or of all keys: steps ascending, the numbers of each, NaN for none. */
    private record Rows(long[] steps, float[][] numbers) {
        static Rows of(SortedMap<Long, float[]> from, boolean[] lasting) {
            long[] steps = new long[from.size()];
            float[][] numbers = new float[steps.length][];
            int row = 0;
            for (Entry<Long, float[]> entry : from.entrySet()) {
                steps[row] = entry.getKey();
                numbers[row] = entry.getValue().clone();
                for (int c = 0; row > 0 && c < lasting.length; c++) {
                    if (lasting[c] && Float.isNaN(numbers[row][c])) {
                        numbers[row][c] = numbers[row - 1][c];
                    }
                }
                row++;
            }
            return new Rows(steps, numbers);
        }

        /** Takes what the row of a step says; where there is none, what lasts of the row before. */
        void read(long step, boolean[] lasting, double[] to) {
            int at = Arrays.binarySearch(steps, step);
            int row = at >= 0 ? at : -at - 2;
            for (int c = 0; row >= 0 && c < to.length; c++) {
                if ((at >= 0 || lasting[c]) && !Float.isNaN(numbers[row][c])) {
                    to[c] = numbers[row][c];
                }
            }
        }

        /** How many rows there are after a step and up to another. */
        int between(long after, long last) {
            return place(last) - place(after);
        }

        private int place(long step) {
            int at = Arrays.binarySearch(steps, step);
            return at >= 0 ? at + 1 : -at - 1;
        }
    }

    private Known(List<String> names, boolean[] lasting, Rows all, Map<String, Rows> keys) {
        this.names = names;
        this.lasting = lasting;
        this.all = all;
        this.keys = keys;
        boolean any = false;
        for (boolean one : lasting) {
            any |= one;
        }
        this.anyLasting = any;
    }

    /** Takes rows in any order and makes the table of them. */
    public static final class Maker {
        private final List<String> names;
        private final boolean[] lasting;
        private final SortedMap<Long, float[]> all = new TreeMap<>();
        private final Map<String, SortedMap<Long, float[]>> keys = new HashMap<>();

        /** @param lasting those of the columns whose numbers hold until the next */
        public Maker(List<String> names, Collection<String> lasting) {
            if (names.isEmpty() || names.size() > MOST_COLUMNS) {
                throw new IllegalArgumentException("there are 1 to " + MOST_COLUMNS + " columns known in advance");
            }
            this.names = List.copyOf(names);
            this.lasting = new boolean[names.size()];
            for (int c = 0; c < this.lasting.length; c++) {
                this.lasting[c] = lasting.contains(names.get(c));
            }
        }

        /**
         * One row, NaN for a cell without a number.
         *
         * @param key whose it is; null: of all keys
         * @return false if there is such a row already; nothing has changed then
         */
        public boolean add(@Nullable String key, long step, float[] numbers) {
            SortedMap<Long, float[]> rows = key == null ? all : keys.computeIfAbsent(key, k -> new TreeMap<>());
            return rows.putIfAbsent(step, numbers.clone()) == null;
        }

        public Known make() {
            Map<String, Rows> rows = new HashMap<>();
            keys.forEach((key, of) -> rows.put(key, Rows.of(of, lasting)));
            return new Known(names, lasting, Rows.of(all, lasting), rows);
        }
    }

    /** The columns. */
    public List<String> names() {
        return names;
    }

    /** The columns, and which of them last, as text: what fingerprints are made of. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < lasting.length; c++) {
            text.append(c == 0 ? "" : ",").append(names.get(c)).append(lasting[c] ? " lasting" : "");
        }
        return text.toString();
    }

    /** Whether a key has rows of its own. */
    public boolean has(String key) {
        return keys.containsKey(key);
    }

    /** What is known of a key whose steps are alike one season apart; of a key without rows of its own: what all have. */
    public Line of(String key, int season) {
        return new Line(keys.get(key), season);
    }

    /** One key's part of the table. Remembers the last steps it was asked of: a forecast asks of the same ones again. */
    public final class Line {
        private final @Nullable Rows own;
        private final int season;
        private final AtomicReferenceArray<@Nullable Step> steps = new AtomicReferenceArray<>(REMEMBERED);

        private record Step(long number, double @Nullable [] unusual) {}

        private Line(@Nullable Rows own, int season) {
            this.own = own;
            this.season = season;
        }

        /** How far each column is from what is usual at such a step; null where nothing is unusual. Not to be changed. */
        public double @Nullable [] unusual(long step) {
            int slot = (int) Math.floorMod(step, (long) REMEMBERED);
            Step found = steps.get(slot);
            if (found == null || found.number != step) {
                found = new Step(step, plain(step) ? null : look(step));
                steps.set(slot, found);
            }
            return found.unusual;
        }

        /** Too few rows lately for anything to be unusual, or to have become usual: the cheap answer, and the frequent one. */
        private boolean plain(long step) {
            long from = step - (long) MEMORY * season - 1;
            int rows = all.between(from, step) + (own == null ? 0 : own.between(from, step));
            boolean now = all.between(step - 1, step) + (own == null ? 0 : own.between(step - 1, step)) > 0;
            return rows == 0 || !anyLasting && !now && rows <= MEMORY / 2;
        }

        private double @Nullable [] look(long step) {
            double[] now = new double[lasting.length];
            double[][] then = new double[MEMORY][lasting.length];
            values(step, now);
            for (int back = 1; back <= MEMORY; back++) {
                values(step - (long) back * season, then[back - 1]);
            }
            boolean any = false;
            for (int c = 0; c < now.length; c++) {
                double usual = median(then, c);
                boolean known = !Double.isNaN(usual) && !Double.isNaN(now[c]);
                now[c] = known ? (now[c] - usual) / Math.max(1, Math.abs(usual)) : 0;
                any |= now[c] != 0;
            }
            return any ? now : null;
        }

        /** Of the numbers there are; of an even count the lower one in the middle; NaN of none. */
        private static double median(double[][] then, int c) {
            double[] numbers = new double[then.length];
            int n = 0;
            for (double[] row : then) {
                if (!Double.isNaN(row[c])) {
                    numbers[n++] = row[c];
                }
            }
            Arrays.sort(numbers, 0, n);
            return n == 0 ? Double.NaN : numbers[(n - 1) / 2];
        }

        /** Writes the numbers of a step. */
        void values(long step, double[] k) {
            for (int c = 0; c < k.length; c++) {
                k[c] = lasting[c] ? Double.NaN : 0;
            }
            all.read(step, lasting, k);
            if (own != null) {
                own.read(step, lasting, k);
            }
        }
    }
}
