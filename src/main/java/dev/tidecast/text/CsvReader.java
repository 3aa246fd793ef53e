package dev.tidecast.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a CSV file (RFC 4180), one after the other: UTF-8, columns separated by commas, lines ended by LF or CRLF.
 * The readers of data files and of what is known in advance ask for record after record.
 *
 * <pre>
 *   a,b c,3          three columns
 *   "a","b, c",3     a quoted column may hold commas, line breaks and, written twice, quotes
 *   5" nail,3        a quote that does not begin its column is a character like any other
 * </pre>
 *
 * A byte order mark and empty lines are passed over. Makes no object per record; only records with a quoted column are
 * copied.
 */
public final class CsvReader {
    private static final int BLOCK = 1 << 17;
    private static final int LONGEST_RECORD = 1 << 20;
    private static final int END = -1;

    private final InputStream in;
    private byte[] block = new byte[BLOCK];
    /** The record begins at `from`, the one after it at `next`; the block is filled up to `until`. */
    private int from;

    private int next;
    private int until;
    private boolean begun;
    /** How many lines have ended, and the one in which the record began. */
    private long ended;

    private long line;
    /** The columns of a record with quotes, without them. */
    private byte[] copy = new byte[256];

    private int copied;
    private boolean inCopy;
    /** Places of the columns, counted from the beginning of the record. */
    private int[] starts = new int[8];

    private int[] ends = new int[8];
    private int columns;

    public CsvReader(InputStream in) {
        this.in = in;
    }

    /**
     * Moves to the next record; false at the end.
     *
     * @throws CsvException if a quote is never closed, text follows a closing quote, or a record is too long
     */
    public boolean next() throws IOException {
        if (!begun) {
            begun = true;
            skipMark();
        }
        do {
            from = next;
            line = ended + 1;
            columns = 0;
            inCopy = false;
            if (!plain()) {
                quoted();
            }
        } while (columns == 1 && !inCopy && starts[0] == ends[0] && (next < until || more()));
        return columns > 1 || inCopy || columns == 1 && starts[0] < ends[0];
    }

    /** How many columns the record has. */
    public int columns() {
        return columns;
    }

    /** The line the record begins in, from 1; at the end, the one after the last. */
    public long line() {
        return line;
    }

    /** Holds the columns of the record, each from its start to its end; valid until the next record is asked for. */
    public byte[] bytes() {
        return inCopy ? copy : block;
    }

    public int start(int column) {
        return (inCopy ? 0 : from) + starts[column];
    }

    public int end(int column) {
        return (inCopy ? 0 : from) + ends[column];
    }

    /** All columns of the record as texts. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
            texts.add(new String(bytes(), start(c), end(c) - start(c), StandardCharsets.UTF_8));
        }
        return texts;
    }

    private void skipMark() throws IOException {
        while (until < 3 && more()) {
            // What a stream gives at once may be less than the mark.
        }
        boolean mark = until >= 3 && block[0] == (byte) 0xEF && block[1] == (byte) 0xBB && block[2] == (byte) 0xBF;
        next = mark ? 3 : 0;
    }

    /** Reads a record in one pass; false if it has a quoted column. */
    private boolean plain() throws IOException {
        int start = 0;
        int done = 0;
        do {
            // Local, for they are read at every byte.
            byte[] b = block;
            int base = from;
            int stop = until;
            for (int i = base + done; i < stop; i++) {
                byte c = b[i];
                if (c > ',') {
                    continue; // Nearly every byte.
                }
                if (c == ',') {
                    column(start, i - base);
                    start = i - base + 1;
                } else if (c == '\n') {
                    int end = i > base + start && b[i - 1] == '\r' ? i - 1 : i;
                    column(start, end - base);
                    next = i + 1;
                    ended++;
                    return true;
                } else if (c == '"' && i == base + start) {
                    return false;
                }
            }
            done = stop - base;
        } while (more());
        column(start, done > start && block[done - 1] == '\r' ? done - 1 : done);
        next = until;
        return true;
    }

    private void column(int start, int end) {
        if (columns == starts.length) {
            starts = Arrays.copyOf(starts, 2 * columns);
            ends = Arrays.copyOf(ends, 2 * columns);
        }
        starts[columns] = start;
        ends[columns++] = end;
    }

    /** Reads a record anew, byte by byte, and copies its columns. */
    private void quoted() throws IOException {
        columns = 0;
        copied = 0;
        inCopy = true;
        next = from;
        int c;
        do {
            int start = copied;
            c = read();
            if (c == '"') {
                c = insideQuotes();
            } else {
                for (; c != ',' && c != '\n' && c != END; c = read()) {
                    keep(c);
                }
                copied -= c != ',' && copied > start && copy[copied - 1] == '\r' ? 1 : 0;
            }
            column(start, copied);
        } while (c == ',');
        ended += c == '\n' ? 1 : 0;
    }

    /** Keeps what stands up to the closing quote and answers what ends the column. */
    private int insideQuotes() throws IOException {
        long opened = ended + 1;
        while (true) {
            int c = read();
            if (c == END) {
                throw new CsvException(opened, "has a quote that is never closed");
            }
            if (c == '"') {
                c = read();
                if (c != '"') {
                    return behindQuote(c == '\r' ? read() : c);
                }
            }
            ended += c == '\n' ? 1 : 0;
            if (copied >= LONGEST_RECORD) {
                throw new CsvException(
                        opened, "has a quote that is not closed within " + LONGEST_RECORD + " bytes: is one missing?");
            }
            keep(c);
        }
    }

    private int behindQuote(int c) {
        if (c != ',' && c != '\n' && c != END) {
            throw new CsvException(
                    ended + 1,
                    "has text behind a closing quote: a quote inside a quoted column is written twice (\"\")");
        }
        return c;
    }

    private void keep(int c) {
        if (copied == copy.length) {
            if (copied >= 2 * LONGEST_RECORD) {
                throw new CsvException(line, "is longer than " + LONGEST_RECORD + " bytes");
            }
            copy = Arrays.copyOf(copy, 2 * copied);
        }
        copy[copied++] = (byte) c;
    }

    private int read() throws IOException {
        if (next == until) {
            from = next;
            if (!more()) {
                return END;
            }
        }
        return block[next++] & 0xFF;
    }

    /** Moves what is left of the record to the front and reads on; false at the end. */
    private boolean more() throws IOException {
        System.arraycopy(block, from, block, 0, until - from);
        until -= from;
        next -= from;
        from = 0;
        if (until == block.length) {
            if (until >= LONGEST_RECORD) {
                throw new CsvException(line, "is longer than " + LONGEST_RECORD + " bytes");
            }
            block = Arrays.copyOf(block, 2 * block.length);
        }
        int read = in.read(block, until, block.length - until);
        until += Math.max(0, read);
        return read > 0;
    }
}
