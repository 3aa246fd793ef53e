package dev.tidecast.pipeline;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import dev.tidecast.text.CsvException;
import dev.tidecast.text.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is known in advance, a CSV file, plain or gzip, its columns named by the first line:
 *
 * <pre>
 *   date,holiday,promotion          date   a day in the zone of the buckets: every bucket that begins on it
 *   2026-12-24,1,                   time   (or timestamp) the first moment of one bucket, in UTC
 *   2026-12-25,1,                   key    whose row it is; empty or no such column: all keys'
 * </pre>
 *
 * UTF-8; columns may be quoted ({@link CsvReader}). Every other column holds numbers; an empty cell holds none. Reads the file whole and tells everything
 * that is wrong, up to {@link #MOST_PROBLEMS}.
 */
final class KnownFile {
    private static final int MOST_PROBLEMS = 20;
    private static final double LARGEST = 1e9;
    private static final List<String> TIMES = List.of("date", "time", "timestamp");
    private static final String KEY = "key";
    /** Of the data files that forecasts are judged by: what is forecast cannot be known in advance. */
    private static final String VALUE = "value";

    private final Problems problems;
    private final Buckets buckets;
    private final List<String> columns;
    private final List<String> lasting;
    private int line;
    private int wrong;

    /** @param columns those to read, empty for all but time and key */
    KnownFile(Problems problems, Buckets buckets, List<String> columns, List<String> lasting) {
        this.problems = problems;
        this.buckets = buckets;
        this.columns = columns;
        this.lasting = lasting;
    }

    /** Where what is read of a line stands in it; -1: nowhere. */
    private record Places(int width, int time, int key, List<String> names, int[] numbers) {}

    @Nullable
    Known read(Path file) {
        try {
            return read(Files.readAllBytes(file));
        } catch (IOException e) {
            problems.add(0, Files.exists(file) ? "cannot be read: it must be a CSV file" : "there is no such file");
            return null;
        }
    }

    /** Null if anything is wrong. */
    @Nullable
    Known read(byte[] bytes) {
        boolean packed = bytes.length > 1 && (bytes[0] & 0xFF) == 0x1F && (bytes[1] & 0xFF) == 0x8B;
        InputStream raw = new ByteArrayInputStream(bytes);
        try (InputStream in = packed ? new GZIPInputStream(raw) : raw) {
            return read(new CsvReader(in));
        } catch (IOException e) {
            wrong("is not gzip to its end", null, null);
            return null;
        } catch (CsvException e) {
            line = (int) e.line();
            wrong(String.valueOf(e.getMessage()), null, null);
            return null;
        }
    }

    private @Nullable Known read(CsvReader csv) throws IOException {
        line = 1;
        Places places = places(csv.next() ? csv.texts() : List.of(""));
        if (places == null) {
            return null;
        }
        Known.Maker maker = new Known.Maker(places.names, lasting);
        while (wrong < MOST_PROBLEMS && csv.next()) {
            line = (int) csv.line();
            List<String> cells = csv.texts();
            if (cells.size() > 1 || !cells.get(0).isBlank()) {
                row(cells.toArray(new String[0]), places, maker);
            }
        }
        return wrong == 0 ? maker.make() : null;
    }

    private @Nullable Places places(List<String> columnsRead) {
        String header = String.join(",", columnsRead);
        List<String> names = columnsRead.stream().map(String::strip).toList();
        List<String> times = names.stream().filter(TIMES::contains).toList();
        if (times.size() != 1) {
            wrong("must have one column date or time in its first line", header, null);
            return null;
        }
        if (new HashSet<>(names).size() < names.size()) {
            wrong("names a column twice in its first line", header, null);
            return null;
        }
        List<String> numbers = new ArrayList<>(columns);
        if (columns.isEmpty()) {
            numbers.addAll(names);
            numbers.removeAll(times);
            numbers.remove(KEY);
        }
        for (String name : numbers) {
            check(name, names);
        }
        for (String name : lasting) {
            if (!numbers.contains(name)) {
                wrong("has no column " + name + ", which known.lasting names", null, Spelling.nearest(name, numbers));
            }
        }
        if (numbers.isEmpty() || numbers.size() > Known.MOST_COLUMNS) {
            wrong(
                    "must have 1 to " + Known.MOST_COLUMNS + " columns of numbers beside time and key, has "
                            + numbers.size() + ": known.columns can choose",
                    null,
                    null);
        }
        int[] at = numbers.stream().mapToInt(names::indexOf).toArray();
        return wrong > 0
                ? null
                : new Places(names.size(), names.indexOf(times.get(0)), names.indexOf(KEY), numbers, at);
    }

    private void check(String name, List<String> names) {
        if (!names.contains(name)) {
            wrong("has no column " + name + ", which known.columns names", null, Spelling.nearest(name, names));
        } else if (name.equals(VALUE)) {
            wrong(
                    "has a column value: what is forecast is not known in advance; name others by known.columns",
                    null,
                    null);
        } else if (!name.matches("[\\w.-]{1,60}")) {
            wrong("has a column whose name is not letters, digits, \".\", \"_\", \"-\", at most 60", name, null);
        }
    }

    private void row(String[] cells, Places places, Known.Maker maker) {
        if (cells.length != places.width) {
            wrong("has " + cells.length + " cells, the first line names " + places.width, null, null);
            return;
        }
        float[] numbers = new float[places.numbers.length];
        for (int c = 0; c < numbers.length; c++) {
            numbers[c] = number(places.names.get(c), cells[places.numbers[c]].strip());
        }
        String time = cells[places.time].strip();
        long[] steps = time.length() == "2026-12-24".length() ? day(time) : moment(time);
        String key = places.key < 0 || cells[places.key].isEmpty() ? null : cells[places.key];
        for (long step : steps) {
            if (!maker.add(key, step, numbers)) {
                wrong(
                        "says again what an earlier line says of the same time" + (key == null ? "" : " and key"),
                        time,
                        null);
                return;
            }
        }
    }

    private float number(String name, String cell) {
        if (cell.isEmpty()) {
            return Float.NaN;
        }
        // Java reads "1d", "0x1p3" and "NaN" too; a file does not mean them.
        boolean plain = cell.matches("[+-]?[0-9]*[.]?[0-9]*([eE][+-]?[0-9]{1,3})?") && cell.matches(".*[0-9].*");
        double number = Double.NaN;
        try {
            number = plain ? Double.parseDouble(cell) : Double.NaN;
        } catch (NumberFormatException e) {
            plain = false;
        }
        if (!(Math.abs(number) <= LARGEST)) {
            wrong(name + " must be a number within ± 10^9 or empty", cell, null);
        }
        return (float) number;
    }

    /** The buckets that begin on a day. */
    private long[] day(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            long from = date.atStartOfDay(buckets.zone()).toInstant().toEpochMilli();
            long to = date.plusDays(1).atStartOfDay(buckets.zone()).toInstant().toEpochMilli();
            long first = buckets.index(from - 1) + 1;
            long last = buckets.index(to - 1);
            if (first <= last) {
                long[] steps = new long[(int) (last - first + 1)];
                Arrays.setAll(steps, i -> first + i);
                return steps;
            }
            LocalDate near = Instant.ofEpochMilli(buckets.start(last))
                    .atZone(buckets.zone())
                    .toLocalDate();
            wrong("begins no bucket of " + buckets.text(), text, near.toString());
        } catch (DateTimeException | ArithmeticException e) {
            wrong("date must be a day such as 2026-12-24", text, null);
        }
        return new long[0];
    }

    private long[] moment(String text) {
        try {
            long moment = Instant.parse(text).toEpochMilli();
            long step = buckets.index(moment);
            if (buckets.start(step) == moment) {
                return new long[] {step};
            }
            wrong(
                    "begins no bucket of " + buckets.text(),
                    text,
                    Instant.ofEpochMilli(buckets.start(step)).toString());
        } catch (DateTimeException | ArithmeticException e) {
            wrong("time must be a day such as 2026-12-24 or a moment such as 2026-12-24T18:00:00Z", text, null);
        }
        return new long[0];
    }

    private void wrong(String what, @Nullable String found, @Nullable String right) {
        if (wrong++ < MOST_PROBLEMS) {
            String shown = found == null || found.length() <= 60 ? found : found.substring(0, 57) + "...";
            problems.add(line, what, shown, right);
        }
    }
}
