package dev.tidecast.backtest;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
 * The fourth may have another name; it holds true or false, 1 or 0, and nothing stands for false.
 *
 * UTF-8, no quoting, no commas inside fields, timestamps in UTC. Rows are given as they come; nothing is sorted, so the
 * file's order is the order of arrival. Reads ahead in blocks and makes no object per row.
 */
public final class LongForm implements Rows, AutoCloseable {
    private static final int BLOCK = 1 << 17;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int KEY = 0;
    private static final int TIME = 1;
    private static final int VALUE = 2;
    private static final int CENSORED = 3;
    private static final List<String> WANTED = List.of("key", "timestamp", "value");

    private final Path file;
    private final InputStream in;
    private final Counted counted;
    private final long bytes;
    private final Keys keys = new Keys();
    private final @Nullable String censoredColumn;
    private final int columns;
    /** Which column holds the key, the time, the value, and whether it is censored: -1 where none does. */
    private final int[] places = new int[WANTED.size() + 1];

    private final int[] starts = new int[WANTED.size() + 1];
    private final int[] ends = new int[WANTED.size() + 1];
    private byte[] block = new byte[BLOCK];
    private int from;
    private int until;
    private int lineEnd;
    private int nextFrom;
    private long line;
    private String key = "";
    private long time;
    private double value;
    private boolean censored;

    private LongForm(Path file, @Nullable String censoredColumn) throws IOException {
        this.file = file;
        this.bytes = Files.size(file);
        this.counted = new Counted(Files.newInputStream(file));
        InputStream raw = new BufferedInputStream(counted, BLOCK);
        this.in = packed(raw) ? new GZIPInputStream(raw, BLOCK) : raw;
        this.censoredColumn = censoredColumn;
        this.columns = header();
    }

    /** Opens a file whose values are the whole of it. */
    public static LongForm open(Path file) {
        return open(file, null);
    }

    /**
     * Opens a file and reads its first line.
     *
     * @param censoredColumn the column, if there is one, that says whether a value is only the least it can have been;
     *     null: no column does
     */
    public static LongForm open(Path file, @Nullable String censoredColumn) {
        if (!Files.exists(file)) {
            throw new DataException(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a folder: name the data file in it");
        }
        try {
            return new LongForm(file, censoredColumn);
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
        if (!line()) {
            throw new DataException(file + " is empty: its first line has to name the columns " + WANTED);
        }
        String text = new String(block, from, lineEnd - from, StandardCharsets.UTF_8);
        List<String> names = Arrays.asList(text.replace("\uFEFF", "").split(",", -1));
        places[CENSORED] = names.indexOf(censoredColumn);
        for (int i = 0; i < WANTED.size(); i++) {
            places[i] = names.indexOf(WANTED.get(i));
            if (places[i] < 0) {
                throw new DataException(place() + ": there is no column " + WANTED.get(i) + " among " + names);
            }
        }
        return names.size();
    }

    @Override
    public boolean next() {
        try {
            do {
                if (!line()) {
                    return false;
                }
            } while (lineEnd == from);
        } catch (IOException e) {
            line++;
            throw new DataException(place() + ": cannot be read on (" + e.getMessage() + ")", e);
        }
        split();
        key = keys.of(block, starts[KEY], ends[KEY]);
        time = Field.moment(block, starts[TIME], ends[TIME]);
        value = Field.number(block, starts[VALUE], ends[VALUE]);
        if (time == Field.NO_MOMENT || Double.isNaN(value) || starts[KEY] == ends[KEY]) {
            throw wrong();
        }
        censored = places[CENSORED] >= 0 && flag();
        return true;
    }

    private boolean flag() {
        String shown = Field.shown(block, starts[CENSORED], ends[CENSORED]);
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
        if (starts[KEY] == ends[KEY]) {
            return new DataException(place() + ": the key is empty");
        }
        int what = time == Field.NO_MOMENT ? TIME : VALUE;
        String shown = Field.shown(block, starts[what], ends[what]);
        String is = shown == null ? "is empty" : "is \"" + shown + "\"";
        String must = what == TIME ? "a moment in UTC such as 2026-11-21T08:30:00Z" : "a number";
        return new DataException(place() + ": " + WANTED.get(what) + " " + is + ", which is not " + must);
    }

    /** Moves to the next line: from and lineEnd enclose it. */
    private boolean line() throws IOException {
        from = nextFrom;
        int search = from;
        while (true) {
            for (int i = search; i < until; i++) {
                if (block[i] == '\n') {
                    lineEnd = i > from && block[i - 1] == '\r' ? i - 1 : i;
                    nextFrom = i + 1;
                    line++;
                    return true;
                }
            }
            search = until - from;
            if (!refill()) {
                lineEnd = until;
                nextFrom = until;
                line += until > from ? 1 : 0;
                return until > from;
            }
        }
    }

    /** Moves what is left to the front and reads on; false at the end. */
    private boolean refill() throws IOException {
        System.arraycopy(block, from, block, 0, until - from);
        until -= from;
        from = 0;
        if (until == block.length) {
            if (until >= LONGEST_LINE) {
                line++;
                throw new DataException(place() + ": is longer than " + LONGEST_LINE + " bytes");
            }
            block = Arrays.copyOf(block, 2 * block.length);
        }
        int read = in.read(block, until, block.length - until);
        until += Math.max(0, read);
        return read > 0;
    }

    private void split() {
        int column = 0;
        int start = from;
        for (int i = from; i <= lineEnd; i++) {
            if (i == lineEnd || block[i] == ',') {
                for (int p = 0; p < places.length; p++) {
                    if (places[p] == column) {
                        starts[p] = start;
                        ends[p] = i;
                    }
                }
                column++;
                start = i + 1;
            }
        }
        if (column != columns) {
            throw new DataException(place() + ": has " + column + " columns, the first line names " + columns);
        }
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
        return file + ", line " + line;
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
