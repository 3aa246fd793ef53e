package dev.tidecast.backtest;

import dev.tidecast.text.CsvException;
import dev.tidecast.text.CsvReader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A data file in long form, plain or gzip, one observation a line, the columns named by the first line:
 *
 * <pre>
 *   key,timestamp,value[,censored][,more columns, which are passed over]
 *   s01_i01,2013-01-01T00:00:00Z,13,false
 * </pre>
 *
 * The fourth may have another name; it holds true or false, 1 or 0, and nothing stands for false. Columns may be quoted
 * ({@link CsvReader}); timestamps have the forms of {@link Moments}. Rows are given as they come; nothing is sorted, so the
 * file's order is the order of arrival. Reads ahead in blocks and makes no object per row.
 */
public final class LongForm implements Rows, AutoCloseable {
    private static final int BLOCK = 1 << 17;
    private static final int KEY = 0;
    private static final int TIME = 1;
    private static final int VALUE = 2;
    private static final int CENSORED = 3;
    private static final List<String> WANTED = List.of("key", "timestamp", "value");

    private final Path file;
    private final InputStream in;
    private final Counted counted;
    private final long bytes;
    private final CsvReader csv;
    private final Moments moments;
    private final Keys keys = new Keys();
    private final @Nullable String censoredColumn;
    private final int columns;
    /** Which column holds the key, the time, the value, and whether it is censored: -1 where none does. */
    private final int[] places = new int[WANTED.size() + 1];

    private boolean any;
    private String key = "";
    private long time;
    private double value;
    private boolean censored;

    private LongForm(Path file, ZoneId zone, @Nullable String censoredColumn) throws IOException {
        this.file = file;
        this.bytes = Files.size(file);
        this.counted = new Counted(Files.newInputStream(file));
        InputStream raw = new BufferedInputStream(counted, BLOCK);
        this.in = packed(raw) ? new GZIPInputStream(raw, BLOCK) : raw;
        this.csv = new CsvReader(in);
        this.moments = new Moments(zone);
        this.censoredColumn = censoredColumn;
        this.columns = header();
    }

    /** Opens a file whose values are the whole of it. */
    public static LongForm open(Path file, ZoneId zone) {
        return open(file, zone, null);
    }

    /**
     * Opens a file and reads its first line.
     *
     * @param zone of the buckets, for times without an offset
     * @param censoredColumn the column, if there is one, that says whether a value is only the least it can have been;
     *     null: no column does
     */
    public static LongForm open(Path file, ZoneId zone, @Nullable String censoredColumn) {
        if (!Files.exists(file)) {
            throw new DataException(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a folder: name the data file in it");
        }
        try {
            return new LongForm(file, zone, censoredColumn);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static boolean packed(InputStream raw) throws IOException {
        raw.mark(2);
        boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
        raw.reset();
        return packed;
    }

    private int header() throws IOException {
        if (!record()) {
            throw new DataException(file + " is empty: its first line has to name the columns " + WANTED);
        }
        List<String> names = csv.texts();
        places[CENSORED] = names.indexOf(censoredColumn);
        for (int i = 0; i < WANTED.size(); i++) {
            places[i] = names.indexOf(WANTED.get(i));
            if (places[i] < 0) {
                throw new DataException(place() + ": " + missing(WANTED.get(i), names));
            }
        }
        return names.size();
    }

    private static String missing(String wanted, List<String> names) {
        String text = String.join(",", names);
        for (String separator : List.of(";", "\t", "|")) {
            if (text.contains(separator) && !text.contains(",")) {
                return "the columns are separated by " + (separator.equals("\t") ? "tabs" : separator) + ": use commas";
            }
        }
        return "there is no column " + wanted + " among " + names;
    }

    private boolean record() throws IOException {
        try {
            return csv.next();
        } catch (CsvException e) {
            throw new DataException(file + ", line " + e.line() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean next() {
        try {
            if (!record()) {
                return ended();
            }
        } catch (IOException e) {
            throw new DataException(place() + ": cannot be read on (" + e.getMessage() + ")", e);
        }
        if (csv.columns() != columns) {
            throw new DataException(place() + ": has " + csv.columns() + " columns, the first line names " + columns);
        }
        any = true;
        key = keys.of(csv.bytes(), start(KEY), end(KEY));
        time = moments.of(csv.bytes(), start(TIME), end(TIME));
        value = Field.number(csv.bytes(), start(VALUE), end(VALUE));
        if (time == Field.NO_MOMENT || Double.isNaN(value) || start(KEY) == end(KEY)) {
            throw wrong();
        }
        censored = places[CENSORED] >= 0 && flag();
        return true;
    }

    private boolean ended() {
        if (!any) {
            throw new DataException(file + " has no rows: only the first line, which names the columns");
        }
        return false;
    }

    private int start(int what) {
        return csv.start(places[what]);
    }

    private int end(int what) {
        return csv.end(places[what]);
    }

    private boolean flag() {
        String shown = Field.shown(csv.bytes(), start(CENSORED), end(CENSORED));
        if (shown == null) {
            return false;
        }
        return switch (shown) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new DataException(
                        place() + ": " + censoredColumn + " is \"" + shown + "\", which is neither true nor false");
        };
    }

    private DataException wrong() {
        if (start(KEY) == end(KEY)) {
            return new DataException(place() + ": the key is empty");
        }
        int what = time == Field.NO_MOMENT ? TIME : VALUE;
        String shown = Field.shown(csv.bytes(), start(what), end(what));
        String is = shown == null ? "is empty" : "is \"" + shown + "\"";
        String must = what == TIME ? "a moment such as 2026-11-21T08:30:00Z or 2026-11-21" : "a number";
        return new DataException(place() + ": " + WANTED.get(what) + " " + is + ", which is not " + must);
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public double value() {
        return value;
    }

    @Override
    public boolean censored() {
        return censored;
    }

    @Override
    public double done() {
        return bytes == 0 ? 1 : Math.min(1, (double) counted.count / bytes);
    }

    @Override
    public String place() {
        return file + ", line " + csv.line();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new DataException(file + ": cannot be closed (" + e.getMessage() + ")", e);
        }
    }

    /** Counts the bytes of the file itself, for progress. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            int read = in.read(into, at, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
